import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { workspaces } from "../../package.json";

const root = join(__dirname, "../..");
const changeset = join(root, "node_modules/@changesets/cli/bin.js");
const another = `---\n"azure-daemon-access": minor\n"local-azure": patch\n---\n\nThe newest change\nof two.\n`;

/** A package after a release, or before. */
interface Released {
  readonly name: string;
  readonly version: string;
  readonly changelog: string;
}

/** A copy of what a release reads: manifests, changelogs and pending changes, with one change more. */
function copyForRelease(): string {
  const copy = mkdtempSync(join(tmpdir(), "azure-daemon-access-release-"));
  for (const path of ["package.json", ".changeset"]) cpSync(join(root, path), join(copy, path), { recursive: true });
  for (const workspace of workspaces) {
    mkdirSync(join(copy, workspace));
    for (const name of ["package.json", "CHANGELOG.md"])
      cpSync(join(root, workspace, name), join(copy, workspace, name));
  }
  writeFileSync(join(copy, ".changeset/another.md"), another);
  execFileSync("git", ["init", "-q"], { cwd: copy });
  return copy;
}

/** The pending changes: their packages, and their text in one line. */
function pendingIn(directory: string): { readonly packages: readonly string[]; readonly text: string }[] {
  const names = readdirSync(join(directory, ".changeset")).filter((name) => /(?<!README)\.md$/.test(name));
  return names.map((name) => {
    const [, front = "", ...body] = readFileSync(join(directory, ".changeset", name), "utf8").split(/^---$/m);
    return { packages: Object.keys(parse(front) as object), text: inOneLine(body.join("---")) };
  });
}

const inOneLine = (text: string): string => text.trim().replaceAll(/\s+/g, " ");

const packagesIn = (directory: string): Released[] =>
  workspaces.map((workspace) => {
    const read = (name: string): string => readFileSync(join(directory, workspace, name), "utf8");
    const { name, version } = JSON.parse(read("package.json")) as Released;
    return { name, version, changelog: inOneLine(read("CHANGELOG.md")) };
  });

describe("npx changeset version", () => {
  let copy: string;
  let pending: ReturnType<typeof pendingIn>;
  let released: Released[];
  beforeAll(() => {
    copy = copyForRelease();
    pending = pendingIn(copy);
    execFileSync(process.execPath, [changeset, "version"], { cwd: copy, stdio: "pipe" });
    released = packagesIn(copy);
  });
  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  it("raises all packages to one version", () => {
    const before = new Set(packagesIn(root).map(({ version }) => version));
    const after = new Set(released.map(({ version }) => version));
    expect([before.size, after.size]).toEqual([1, 1]);
    expect([...after]).not.toEqual([...before]);
  });

  it("puts each pending change into the changelogs of the packages that it names, above the last release", () => {
    expect(pending).toContainEqual({
      packages: ["azure-daemon-access", "local-azure"],
      text: "The newest change of two.",
    });
    for (const { packages, text } of pending) {
      const told = released.filter(({ changelog }) => changelog.split(" ## 0.1.0 ")[0]?.includes(text));
      expect([text, told.map(({ name }) => name).sort()]).toEqual([text, packages.toSorted()]);
    }
  });

  it("leaves no pending change", () => {
    expect(pendingIn(copy)).toEqual([]);
  });
});
