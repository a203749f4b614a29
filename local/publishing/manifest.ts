import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PublishedPackage } from "./packages";

/** A package.json. */
export type Manifest = Readonly<Record<string, unknown>>;

/** Fields that a published package takes from its own package.json. */
const ownFields = ["name", "version", "description", "keywords", "license", "engines"] as const;
/** Those that tell where it comes from: of the repository's package.json. */
const originFields = ["author", "repository", "homepage", "bugs"] as const;

/**
 * The package.json that is published: with exactly the packages that its files import, in the versions that are installed
 * and tested.
 *
 * @param imports names of npm packages
 */
export function manifestOf(root: string, { directory }: PublishedPackage, imports: readonly string[]): Manifest {
  const own = read(join(root, directory, "package.json"));
  const main = own["main"];
  const bin = Object.entries((own["bin"] ?? {}) as Readonly<Record<string, string>>).map(
    ([name, file]) => [name, `${directory}/${file}`] as const,
  );
  return {
    ...picked(own, ownFields),
    ...origin(root, directory),
    ...(bin.length > 0 ? { bin: Object.fromEntries(bin) } : { main }),
    files: ["**/*"],
    dependencies: Object.fromEntries([...new Set(imports)].sort().map((name) => [name, versionOf(root, name)])),
  };
}

/** What Pulumi's engine and the runner read of the policy pack within another package. */
export const policyManifest = (root: string): Manifest => ({
  ...picked(read(join(root, "policy", "package.json")), ["name", "version", "main"]),
  private: true,
});

/** Where a package comes from. A workflow knows the repository that it runs in, which npm's provenance is checked by. */
export function origin(root: string, directory: string): Manifest {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;
  const fields = picked(read(join(root, "package.json")), originFields);
  if (server !== undefined && repository !== undefined) {
    const url = `${server}/${repository}`;
    return {
      ...fields,
      repository: { type: "git", url: `git+${url}.git`, directory },
      homepage: `${url}#readme`,
      bugs: { url: `${url}/issues` },
    };
  }
  return { ...fields, repository: { ...(fields["repository"] as object), directory } };
}

const picked = (from: Manifest, names: readonly string[]): Manifest =>
  Object.fromEntries(names.flatMap((name) => (name in from ? [[name, from[name]]] : [])));

const versionOf = (root: string, name: string): string =>
  String(read(join(root, "node_modules", name, "package.json"))["version"]).replace(/^v/, "");

const read = (file: string): Manifest => JSON.parse(readFileSync(file, "utf8")) as Manifest;
