import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";

jest.setTimeout(60_000);

const root = join(__dirname, "../../..");

/** Stands in for the pulumi command: runs until it is told to stop, and notes when it was. */
const pulumi = `#!${process.execPath}
const { appendFileSync } = require("node:fs");
const note = (word) => appendFileSync(process.env.NOTES, process.argv[process.argv.indexOf("--stack") + 1] + " " + word + "\\n");
setInterval(() => undefined, 1000);
process.on("SIGINT", () => {
  note("told");
  process.exit(1);
});
const leads = () => { try { return process.kill(-process.pid, 0); } catch { return false; } };
process.stdout.write("ready\\n");
// In the group of the terminal it would be told twice.
note(leads() ? "started" : "started in the group of the terminal");
`;

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "estate-interrupt-"));
  mkdirSync(join(project, "bin"));
  writeFileSync(join(project, "bin", "pulumi"), pulumi);
  chmodSync(join(project, "bin", "pulumi"), 0o755);
  writeFileSync(join(project, "Pulumi.yaml"), "name: daemons\nruntime: nodejs\n");
  writeFileSync(join(project, "notes"), "");
  for (const stack of ["a", "b", "c"]) writeFileSync(join(project, `Pulumi.${stack}.yaml`), "config: {}\n");
});

afterEach(() => {
  rmSync(project, { recursive: true, force: true });
});

const notes = (): string[] =>
  readFileSync(join(project, "notes"), "utf8")
    .split("\n")
    .filter((line) => line !== "");

it("a terminal's Ctrl-C reaches each running stack once, and no other stack starts", async () => {
  const child = spawn(
    process.execPath,
    [join(root, "tools/start.mjs"), "estate", "up", "--parallel", "2", "--json", "--cwd", project],
    {
      detached: true,
      env: { PATH: [join(project, "bin"), process.env["PATH"]].join(delimiter), NOTES: join(project, "notes") },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const told = Promise.all([text(child.stdout), text(child.stderr), once(child, "close") as Promise<[number | null]>]);
  while (notes().length < 2) await new Promise((resolve) => setImmediate(resolve));
  // A terminal tells the whole process group.
  process.kill(-(child.pid ?? 0), "SIGINT");
  const [stdout, stderr, [code]] = await told;
  expect({ code, notes: notes().sort() }).toEqual({
    code: 130,
    notes: ["a started", "a told", "b started", "b told"],
  });
  expect(stderr).toContain("Interrupted: each stack finishes its operations in progress.");
  const { stacks } = JSON.parse(stdout) as { stacks: { stack: string; result: string; cause: string | null }[] };
  expect(stacks.map(({ stack, result, cause }) => [stack, result, cause])).toEqual([
    ["a", "failed", "interrupted"],
    ["b", "failed", "interrupted"],
    ["c", "not run", null],
  ]);
});
