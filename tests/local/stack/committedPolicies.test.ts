import { copyFileSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Console } from "../../../local/output/console";
import type { OperationResult } from "../../../local/output/operationResult";
import { withStack } from "../../../local/stack/stackSession";
import { projectRoot, stateDirectory } from "../../../local/stateDirectory";

jest.setTimeout(240_000);

const RULE = "client-secret-not-beside-federation";
const DAY = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "policies-"));
  copyFileSync(join(projectRoot, "Pulumi.dev.yaml"), join(project, "Pulumi.dev.yaml"));
  // The repository's stack, and what a kept verdict of the policies is about.
  for (const source of ["Pulumi.yaml", "infra", "components", "policy", "package-lock.json"]) {
    symlinkSync(join(projectRoot, source), join(project, source));
  }
});

afterEach(() => {
  rmSync(project, { recursive: true });
});

const waiving = (expires: string, name = "policy-config.json"): void => {
  const waivers = [{ resource: "forecast-loader*", reason: "its host moves to federation", expires }];
  writeFileSync(join(project, name), JSON.stringify({ [RULE]: { waivers } }));
};

/** A daemon that moves from a client secret to its workflow's tokens, and has both for the time being. */
const moving = ['daemons[0].federated=[{"name":"main","gitHub":{"repository":"contoso/loader","branch":"main"}}]'];

const up = (): Promise<OperationResult> =>
  withStack(
    {
      console: new Console({ json: false, verbose: false }),
      state: stateDirectory({ LOCAL_AZURE_DIRECTORY: join(project, "state") }),
      project,
      stack: "dev",
      config: moving,
      machine: process.env,
      passphrase: undefined,
      policy: true,
      command: "up",
      clock: undefined,
    },
    (session) => session.run("up"),
  );

const mandatory = ({ violations }: OperationResult): string[] =>
  violations.filter(({ level }) => level === "mandatory").map(({ rule }) => rule);

it("a violation stops up until the committed file waives it, and again when the waiver has ended", async () => {
  const stopped = await up();
  expect({ ok: stopped.ok, mandatory: mandatory(stopped), made: stopped.steps }).toEqual({
    ok: false,
    mandatory: [RULE],
    made: [],
  });

  waiving(inDays(5));
  const waived = await up();
  expect({ ok: waived.ok, mandatory: mandatory(waived) }).toEqual({ ok: true, mandatory: [] });
  expect(waived.violations.find(({ rule }) => rule === RULE)).toMatchObject({
    waivedUntil: inDays(5),
    reason: expect.stringMatching(
      /its host moves to federation \(ends in \d days\)\. its application also has/,
    ) as string,
  });

  // Nothing has changed but the file, and the kept verdict of the run before counts no more.
  waiving(inDays(-1));
  const ended = await up();
  expect(ended.ok).toBe(false);
  expect(mandatory(ended).sort()).toEqual([RULE, "waivers-in-order"]);
});

it("a wrong file is told before anything is started", async () => {
  waiving("next year", "policy-config.dev.json");
  await expect(up()).rejects.toThrow(
    `policy-config.dev.json: ${RULE}.waivers[0].expires: got "next year"; needed the last day it holds`,
  );
  expect(existsSync(join(project, "state"))).toBe(false);
});
