import { gte, parse } from "semver";

/** The version that is installed or built where none is there. Later ones may be missing from a Go module mirror. */
export const pinnedVersion = "3.225.0";

/** The version in what `pulumi version` printed, or undefined where it printed something else. */
export function parseVersion(printed: string): string | undefined {
  return parse(printed.trim())?.version;
}

/** Why a version won't do, or undefined where it will. */
export function whyUnfit(version: string): string | undefined {
  const parsed = parse(version);
  const pinned = parse(pinnedVersion);
  if (parsed === null || pinned === null || parsed.major !== pinned.major) {
    return `it is ${version}, and this project needs ${pinnedVersion} or later with the same major version`;
  }
  return gte(parsed, pinned) ? undefined : `it is ${version}, and this project needs ${pinnedVersion} or later`;
}
