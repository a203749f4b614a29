import { readFileSync } from "node:fs";
import { join } from "node:path";
import { valid } from "semver";

interface LockedPackage {
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}

const root = join(__dirname, "..", "..", "..");
const text = readFileSync(join(root, "package-lock.json"), "utf8");
const { packages } = JSON.parse(text) as { packages: Readonly<Record<string, LockedPackage>> };
const names = new Set(
  Object.keys(packages).map((path) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)),
);

it("locks the binaries of every platform, those too that the registry at hand does not have", () => {
  const optional = Object.values(packages).flatMap(({ optionalDependencies }) =>
    Object.keys(optionalDependencies ?? {}),
  );
  expect(optional.filter((name) => !names.has(name))).toEqual([]);
});

it("names no registry", () => {
  const addresses = Object.values(packages).flatMap(({ resolved }) => (resolved?.startsWith("http") ? [resolved] : []));
  expect(addresses).toEqual([]);
});

it("has the checksum of every package", () => {
  const unchecked = Object.entries(packages).filter(
    ([path, { integrity, link }]) => path.includes("node_modules/") && link !== true && integrity === undefined,
  );
  expect(unchecked.map(([path]) => path)).toEqual([]);
});

describe("direct dependencies", () => {
  type Ranges = Readonly<Record<string, string>>;
  const manifest = (directory: string): Readonly<Record<string, Ranges | undefined>> =>
    JSON.parse(readFileSync(join(root, directory, "package.json"), "utf8")) as Record<string, Ranges>;

  it.each(["", "local", "policy", "examples/consumers/typescript"])("of /%s are exact versions", (directory) => {
    const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = manifest(directory);
    const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter(([, range]) => valid(range) === null)).toEqual([]);
  });

  it("of the published library are ranges that start at the version it is tested with", () => {
    const { dependencies = {}, peerDependencies = {} } = manifest("components");
    const tested = manifest("").dependencies ?? {};
    for (const [name, range] of Object.entries({ ...dependencies, ...peerDependencies })) {
      expect(`${name} ${range}`).toBe(`${name} ^${tested[name] ?? "unknown"}`);
    }
  });
});
