import { readFileSync } from "node:fs";
import { join } from "node:path";

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}

const text = readFileSync(join(__dirname, "..", "..", "..", "package-lock.json"), "utf8");
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
