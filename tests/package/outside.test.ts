import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, type Ended } from "../support/command";

jest.setTimeout(300_000);

const root = join(__dirname, "..", "..");
const examples = join(root, "examples");

/** A project of somebody else's, with the packed packages installed. */
let project: string;
/** A program of azuread and azure-native resources alone, in a directory of its own within. */
let handWritten: string;

/** A command as a reader types it: nothing of this repository is in its environment. */
const typed = (directory: string, command: string, ...args: string[]): Promise<Ended> =>
  run("npx", ["--no", "--", command, ...args], {}, directory);

/** The same without npx, which takes half a second. */
const started = (directory: string, command: string, ...args: string[]): Promise<Ended> =>
  run(join(project, "node_modules/.bin", command), args, {}, directory);

const json = ({ stdout }: Ended): unknown => JSON.parse(stdout);

async function installed(): Promise<void> {
  const packed = await run(process.execPath, [join(root, "local/publishing/start.mjs"), join(project, "packed")], {});
  const tarballs = packed.stdout.split("\n").filter((line) => line.endsWith(".tgz"));
  expect(tarballs).toHaveLength(4);
  const quietly = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  const ended = await run("npm", ["install", ...quietly, ...tarballs], {}, project);
  expect(ended).toMatchObject({ code: 0, stderr: "" });
}

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "outside-"));
  handWritten = join(project, "hand-written");
  cpSync(join(examples, "minimal"), project, { recursive: true });
  cpSync(join(examples, "hand-written"), handWritten, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as Record<string, object>;
  const foreign = (dependencies = {}): object =>
    Object.fromEntries(
      Object.entries(dependencies).filter(([name]) => !/^(azure-daemon-access|local-azure)/.test(name)),
    );
  const needed = { ...foreign(manifest["devDependencies"]), tsx: "4.23.15" };
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ ...manifest, dependencies: foreign(manifest["dependencies"]), devDependencies: needed }),
  );
  await installed();
});

afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

describe("outside of the repository, the smallest program", () => {
  it("type-checks, deploys on local Azure, and keeps its state beside itself", async () => {
    expect(await typed(project, "tsc")).toMatchObject({ code: 0, stdout: "" });
    const up = await typed(project, "local-azure", "up", "--json");
    expect(json(up)).toMatchObject({ ok: true, changes: { created: 13 }, outputs: { daemons: ["report-loader"] } });
    expect(readFileSync(join(project, ".local-azure", "local-azure.json"), "utf8")).toContain("State of local Azure.");
  });

  it("is judged by verify, doctor and review", async () => {
    const stack = ["--stack", "dev", "--local", "--json"];
    const verified = json(await started(project, "daemon-access", "verify", ...stack));
    expect(verified).toMatchObject({ ok: true, counts: { passed: 6, failed: 0 } });
    const doctor = await started(project, "daemon-access", "doctor", ...stack);
    expect(json(doctor)).toMatchObject({ ok: true, stack: "dev", counts: { failed: 0 } });
    const review = json(await started(project, "daemon-access", "review", ...stack));
    expect(review).toMatchObject({ preview: { ok: true, errors: [] }, verdict: { level: "advisory", exitCode: 0 } });
  });
});

describe("outside of the repository, a program in which nothing of ours is", () => {
  it("is refused by the policies, and deploys without them", async () => {
    const refused = await started(handWritten, "local-azure", "up", "--json");
    const rules = (json(refused) as { readonly policies: readonly { readonly rule: string; readonly level: string }[] })
      .policies;
    expect(rules.filter(({ level }) => level === "mandatory").map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(["vault-firewall", "secret-has-expiry"]),
    );
    expect(json(await started(handWritten, "local-azure", "up", "--no-policy", "--json"))).toMatchObject({
      ok: true,
      changes: { created: 6 },
    });
  });

  it("is judged by doctor and review", async () => {
    const stack = ["--stack", "dev", "--local", "--json"];
    const doctor = await started(handWritten, "daemon-access", "doctor", ...stack);
    expect(json(doctor)).toMatchObject({ stack: "dev", counts: { failed: 0 } });
    const review = json(await started(handWritten, "daemon-access", "review", ...stack));
    expect(review).toMatchObject({ stack: "dev", verdict: { level: "violation", exitCode: 1 } });
  });
});
