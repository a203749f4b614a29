import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, parse } from "node:path";
import { Store } from "../../local/azure/store/store";
import { projectRoot, stateDirectory, type StateDirectory } from "../../local/stateDirectory";
import { claimStateDirectory, emptyStateDirectory } from "../../local/stateOwnership";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "state-directory-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const at = (path: string): StateDirectory => stateDirectory({ LOCAL_AZURE_DIRECTORY: path });

const storeIn = async (directory: string): Promise<void> => {
  mkdirSync(directory, { recursive: true });
  await (await Store.open(join(directory, "store"))).close();
};

describe("which directory", () => {
  it.each([[undefined], [""], ["  "]])("%p names none: the state lies in .local-azure", (value) => {
    expect(stateDirectory({ LOCAL_AZURE_DIRECTORY: value }).path).toBe(join(projectRoot, ".local-azure"));
  });

  it.each([
    ["the project's root", projectRoot],
    ["the project's root, told from itself", "."],
    ["its parent", ".."],
    ["a home directory", homedir()],
    ["the parent of a home directory", dirname(homedir())],
    ["a file system's root", parse(projectRoot).root],
  ])("refuses %s, whatever the command", (_, path) => {
    expect(() => at(path)).toThrow(/can't be a state directory: the project's root, a home directory .* are refused/);
  });

  it("refuses a link to one of these, and what a link leads above", () => {
    const link = join(root, "link");
    symlinkSync(projectRoot, link);
    expect(() => at(link)).toThrow("can't be a state directory");
    expect(() => at(join(link, ".."))).not.toThrow();
    expect(at(join(link, "state")).path).toBe(join(link, "state"));
  });
});

describe("a directory becomes a state directory", () => {
  it("where it is not there yet, for its owner alone, whatever the umask", () => {
    const path = join(root, "new", "state");
    const before = process.umask(0);
    try {
      claimStateDirectory(at(path));
    } finally {
      process.umask(before);
    }
    expect(readdirSync(path)).toEqual(["local-azure.json"]);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(path, "local-azure.json")).mode & 0o777).toBe(0o600);
  });

  it("where it is empty or marked, and others may no longer read it", () => {
    const path = join(root, "open");
    mkdirSync(path, { mode: 0o755 });
    claimStateDirectory(at(path));
    writeFileSync(join(path, "notes"), "");
    claimStateDirectory(at(path));
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it("where nothing but another state directory lies in it", () => {
    claimStateDirectory(at(join(root, "walk")));
    claimStateDirectory(at(root));
    expect(readdirSync(root)).toEqual(["local-azure.json", "walk"]);
  });

  it("where an earlier version kept its state, with a file of the user's beside it", async () => {
    await storeIn(root);
    writeFileSync(join(root, "state.key"), Buffer.alloc(32));
    writeFileSync(join(root, "notes"), "");
    claimStateDirectory(at(root));
    expect(existsSync(join(root, "local-azure.json"))).toBe(true);
  });

  it.each([
    ["other files", ["a.txt", "b.txt", "c.txt", "d.txt"], "a.txt, b.txt, c.txt and 1 more"],
    ["folders that are called as local Azure's own are", ["pulumi", "store"], "pulumi, store"],
  ])("but not where it holds %s", (_, names, told) => {
    names.forEach((name) => mkdirSync(join(root, name)));
    expect(() => {
      claimStateDirectory(at(root));
    }).toThrow(`${root} is not a state directory of local Azure: it contains ${told}.`);
    expect(readdirSync(root)).toEqual(names);
  });
});

describe("emptying a state directory", () => {
  it("deletes it with everything that local Azure made", async () => {
    const path = join(root, "state");
    claimStateDirectory(at(path));
    await storeIn(path);
    for (const name of ["pulumi/work", "certificates", "certificates.12.new"]) {
      mkdirSync(join(path, name), { recursive: true });
    }
    for (const name of ["state.key", "requests.log", "holder.json", "serve.json", "pulumi/work/Pulumi.yaml"]) {
      writeFileSync(join(path, name), "");
    }
    expect(emptyStateDirectory(at(path))).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  it("leaves every other file where it is", () => {
    claimStateDirectory(at(root));
    mkdirSync(join(root, "certificates"));
    writeFileSync(join(root, "thesis.tex"), "years of work");
    expect(emptyStateDirectory(at(root))).toEqual(["thesis.tex"]);
    expect(readdirSync(root)).toEqual(["thesis.tex"]);
  });

  it("deletes a link, and nothing of what it leads to", () => {
    const elsewhere = join(root, "elsewhere");
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, "thesis.tex"), "years of work");
    const path = join(root, "state");
    claimStateDirectory(at(path));
    symlinkSync(elsewhere, join(path, "pulumi"));
    expect(emptyStateDirectory(at(path))).toEqual([]);
    expect(readdirSync(elsewhere)).toEqual(["thesis.tex"]);
  });

  it("refuses a directory without the marker, its store and certificates included", () => {
    ["store", "certificates"].forEach((name) => mkdirSync(join(root, name)));
    expect(() => emptyStateDirectory(at(root))).toThrow("it has no local-azure.json. Nothing was deleted.");
    expect(readdirSync(root)).toEqual(["certificates", "store"]);
  });
});
