import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRotationDue } from "../../../tools/estate/plan/rotation";
import { runTool } from "../cli/runTool";

let project: string;
const write = (file: string, text: string): void => {
  writeFileSync(join(project, file), text);
};
const git = (...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", ...args], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, GIT_COMMITTER_DATE: "2026-01-01T12:00:00Z" },
  });

const team = (rotation = ""): string =>
  `config:\n  daemons:platformStack:\n    stack: organization/daemons/platform\n  daemons:daemons:\n    - name: loader\n${rotation}`;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "estate-plan-"));
  mkdirSync(join(project, "infra"));
  write("Pulumi.yaml", "name: daemons\nruntime: nodejs\nmain: infra/\n");
  write("infra/index.ts", "");
  write("Pulumi.platform.yaml", "config:\n  daemons:platform:\n    vaults: [daemons]\n");
  write("Pulumi.one.yaml", team());
  write("Pulumi.two.yaml", team());
  write("Pulumi.lone.yaml", "config: {}\n");
  git("init", "-q");
  git("add", ".");
  git("commit", "-q", "-m", "all");
});

afterEach(() => {
  rmSync(project, { recursive: true, force: true });
});

interface Document {
  readonly stacks: readonly { readonly stack: string; readonly kind: string; readonly reasons: readonly string[] }[];
  readonly matrix: unknown;
  readonly platformMatrix: unknown;
  readonly teamMatrix: unknown;
}

async function planned(...args: string[]): Promise<Document> {
  const { code, stdout, stderr } = await runTool(["estate", "plan", "--cwd", project, "--json", ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Document;
}

const reasons = ({ stacks }: Document): Record<string, readonly string[]> =>
  Object.fromEntries(stacks.filter((each) => each.reasons.length > 0).map((each) => [each.stack, each.reasons]));

describe("the plan", () => {
  it("has all stacks, platforms first, and the matrices of a pipeline", async () => {
    const { stacks, matrix, platformMatrix, teamMatrix } = await planned();
    expect(stacks.map(({ stack, kind }) => [stack, kind])).toEqual([
      ["platform", "platform"],
      ["lone", "single"],
      ["one", "team"],
      ["two", "team"],
    ]);
    const include = ["platform", "lone", "one", "two"].map((stack) => ({ stack }));
    expect({ matrix, platformMatrix, teamMatrix }).toEqual({
      matrix: { include },
      platformMatrix: { include: include.slice(0, 1) },
      teamMatrix: { include: include.slice(1) },
    });
  });

  it("has a table for people", async () => {
    const { stdout } = await runTool(["estate", "plan", "--cwd", project, "--stack", "one"]);
    expect(stdout).toMatch(/│ one +│ team +│ platform +│ 1 +│ yes +│/);
    expect(stdout).toMatch(/Stacks to run: 1 of 4\.\n$/);
  });

  it.each([
    ["nothing", [], {}],
    ["a team's settings", ["Pulumi.one.yaml"], { one: ["settings"] }],
    [
      "the platform's settings",
      ["Pulumi.platform.yaml"],
      { platform: ["settings"], one: ["platform"], two: ["platform"] },
    ],
    [
      "the program",
      ["infra/index.ts"],
      {
        platform: ["program"],
        lone: ["program"],
        one: ["program", "platform"],
        two: ["program", "platform"],
      },
    ],
    ["a page", ["README.md"], {}],
  ])("has what a change of %s means", async (_what, files, expected) => {
    for (const file of files)
      write(file, file.startsWith("Pulumi.platform") ? `config:\n  daemons:platform: {}\n` : `${team()}#\n`);
    expect(reasons(await planned("--changed-since", "HEAD"))).toEqual(expected);
  });

  it("has a stack that is new and not committed", async () => {
    write("Pulumi.three.yaml", team());
    expect(reasons(await planned("--changed-since", "HEAD"))).toEqual({ three: ["settings"] });
  });

  it("has a stack whose rotation is due since the revision, though nothing changed", async () => {
    const rotating = (startsAt: string): string => team(`      secret: { rotation: { startsAt: "${startsAt}" } }\n`);
    write("Pulumi.one.yaml", rotating("2025-12-01T00:00:00Z"));
    write("Pulumi.two.yaml", rotating("2999-01-01T00:00:00Z"));
    git("add", ".");
    git("commit", "-q", "-m", "rotations");
    expect(reasons(await planned("--changed-since", "HEAD"))).toMatchObject({ one: ["rotation"] });
  });

  it("is refused with every problem, and nothing is planned", async () => {
    write("Pulumi.one.yaml", "config:\n  a: [\n");
    write("Pulumi.two.yaml", "config:\n  a: {\n");
    const { code, stderr } = await runTool(["estate", "plan", "--cwd", project]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^The settings files have 2 problems, and nothing was started:\n {2}Pulumi\.one\.yaml:\d: /);
    expect(stderr).toContain("\n  Pulumi.two.yaml:");
  });

  it.each([
    [["--changed-since", "nowhere"], "--changed-since: git does not know nowhere: "],
    [["--stack", "three"], "--stack: there is no stack three. There are: platform, lone, one, two."],
  ])("is refused for %j", async (args, told) => {
    const { code, stderr } = await runTool(["estate", "plan", "--cwd", project, ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(told);
  });
});

describe("a rotation", () => {
  const rotation = { startsAt: "2026-01-01T00:00:00Z", everyDays: 90, overlapDays: 14 };
  const due = (since: string, now: string, more: object = {}): boolean =>
    isRotationDue({ rotation, rotateNow: undefined, asOf: undefined, ...more }, new Date(since), new Date(now));

  it.each([
    ["within a generation", "2026-01-02", "2026-03-31", false],
    ["a generation later", "2026-03-31", "2026-04-02", true],
    ["while the overlap runs", "2026-04-02", "2026-04-14", false],
    ["when the overlap has ended", "2026-04-14", "2026-04-16", true],
    ["a year later", "2026-01-02", "2027-01-02", true],
  ])("%s", (_what, since, now, expected) => {
    expect(due(since, now)).toBe(expected);
  });

  it("is due when the next secret is staged, and again when it starts", () => {
    const staging = { rotation: { ...rotation, stageDays: 2 } };
    expect(due("2026-03-29", "2026-03-31", staging)).toBe(true);
    expect(due("2026-03-30T12:00:00Z", "2026-03-31", staging)).toBe(false);
    expect(due("2026-03-31", "2026-04-02", staging)).toBe(true);
  });

  it("is not due where the settings fix the moment", () => {
    expect(due("2026-01-02", "2027-01-02", { asOf: "2026-01-03T00:00:00Z" })).toBe(false);
  });

  it("that cannot be read is due, so that the program refuses it", () => {
    expect(due("2026-01-02", "2026-01-02", { rotation: { startsAt: "soon" } })).toBe(true);
  });
});
