/** How much a change asks of whoever uses the package. */
const KINDS = ["major", "minor", "patch"] as const;
type Kind = (typeof KINDS)[number];

/** One change, as its author wrote it down. */
export interface Fragment {
  readonly kind: Kind;
  /** What changes for whoever uses the package, in sentences. */
  readonly text: string;
}

/**
 * Reads the files of the changes since the last release: the kind of change on the first line, then the text.
 *
 * @param files name to content
 * @throws where one is not of that form
 */
export function fragmentsIn(files: ReadonlyMap<string, string>): Fragment[] {
  return [...files].sort().map(([name, content]) => {
    const [first = "", ...rest] = content.trim().split("\n");
    const kind = KINDS.find((each) => each === first.trim());
    const text = rest.join("\n").trim();
    if (!name.endsWith(".md") || kind === undefined || text === "") {
      throw new Error(
        `components/changes/${name}: write a .md file with ${KINDS.join(", ")} alone on the first line and, below it, what changes for whoever uses the package.`,
      );
    }
    return { kind, text };
  });
}

/** The version after a release of the changes. Before 1.0.0, what breaks raises the middle number, as npm reads it. */
export function nextVersion(version: string, fragments: readonly Fragment[]): string {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  const kinds = new Set(fragments.map(({ kind }) => kind));
  if (kinds.has("major") && major > 0) return `${major + 1}.0.0`;
  if (kinds.has("major") || (kinds.has("minor") && major > 0)) return `${major}.${minor + 1}.0`;
  return kinds.size > 0 ? `${major}.${minor}.${patch + 1}` : version;
}

/** The release's section of the changelog: what breaks first. */
export function section(version: string, fragments: readonly Fragment[]): string {
  const titles = { major: "Breaking", minor: "New", patch: "Fixed" };
  const parts = KINDS.flatMap((kind) => {
    const lines = fragments
      .filter((each) => each.kind === kind)
      .map(({ text }) => `- ${text.replaceAll("\n", "\n  ")}`);
    return lines.length > 0 ? [`### ${titles[kind]}\n\n${lines.join("\n")}\n`] : [];
  });
  return [`## azure-daemon-access ${version}\n`, ...(parts.length > 0 ? parts : ["Nothing changed.\n"])].join("\n");
}

/**
 * Files of the package that changed with no word on it; none where any fragment came along.
 *
 * @param changed paths of a change, from the package's directory
 */
export function withoutFragment(changed: readonly string[]): string[] {
  if (changed.some((path) => /^changes\/(?!README\.md$).+\.md$/.test(path))) return [];
  return changed.filter((path) => /^(package\.json|PulumiPlugin\.yaml|api\/.+|(?!publishing\/).*\.ts)$/.test(path));
}
