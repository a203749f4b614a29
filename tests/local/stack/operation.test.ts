import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { silent } from "../../../local/output/operationLog";
import { CreationJournal } from "../../../local/stack/creationJournal";
import { EngineFailure } from "../../../local/stack/engineCommand";
import { runOperation } from "../../../local/stack/operation";
import type { OperationResult } from "../../../local/output/operationResult";

interface Options {
  readonly onEvent: (event: EngineEvent) => void;
  readonly policyPacks?: readonly string[];
  readonly policyPackConfigs?: readonly string[];
}

const violation = {
  policyEvent: { policyName: "vault-rbac", enforcementLevel: "mandatory", message: "A vault takes roles\nit does not" },
} as EngineEvent;
const policies = { packs: ["/pack"], configs: ["/config.json"] };
const given: Options[] = [];
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "operation-"));
  given.length = 0;
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** An engine whose policies find something and which then fails. */
const engine = (options: Options): Promise<never> => {
  given.push(options);
  options.onEvent(violation);
  const output = { stdout: "Policies: a long list\nerror: preview failed", stderr: "", code: 255, signal: null };
  return Promise.reject(new EngineFailure(["preview"], output));
};
const stack = { preview: engine, up: engine, refresh: engine } as unknown as Stack;

const run = (kind: "preview" | "refresh", signal = new AbortController().signal): Promise<OperationResult> =>
  runOperation(stack, kind, {
    listener: silent,
    signal,
    program: { errors: [], messages: [], lostEngine: false, giveUp: () => undefined },
    journal: new CreationJournal(join(directory, "journal")),
    openCreations: new Set(),
    policies,
  });

it("tells what a policy stopped by its finding, without the engine's own report of it", async () => {
  const { ok, errors, violations } = await run("preview");
  expect({ ok, errors }).toEqual({ ok: false, errors: [] });
  expect(violations).toMatchObject([{ rule: "vault-rbac", level: "mandatory", reason: "it does not" }]);
});

it("tells no finding of an interrupted run, of which the rules saw only half", async () => {
  expect((await run("preview", AbortSignal.abort())).violations).toEqual([]);
});

it("has previews judged, and not what runs no program", async () => {
  await run("preview");
  await run("refresh");
  expect(given).toMatchObject([{ policyPacks: ["/pack"], policyPackConfigs: ["/config.json"] }, {}]);
  expect(given[1]).not.toHaveProperty("policyPacks");
});

it("fails where the program has rejected something, though the engine was done before it could be told", async () => {
  const done = { up: () => Promise.resolve({}) } as unknown as Stack;
  const refusal = new Error("certificate.secretUri: needed a secret of the vault");
  const { ok, errors } = await runOperation(done, "up", {
    listener: silent,
    signal: new AbortController().signal,
    program: { errors: [refusal], messages: [refusal.message], lostEngine: false, giveUp: () => undefined },
    journal: new CreationJournal(join(directory, "journal")),
    openCreations: new Set(),
    policies,
  });
  expect({ ok, errors }).toEqual({ ok: false, errors: [{ severity: "error", message: refusal.message }] });
});

it("tells first that the engine was killed, and nothing of the connections that the program lost with it", async () => {
  const output = { stdout: "", stderr: "", code: -1, signal: "SIGKILL" as const };
  const messages = ["read ECONNRESET", "the look-up of the workspace failed"];
  const killed = (): Promise<never> => Promise.reject(new EngineFailure(["up"], output, messages));
  const { ok, errors } = await runOperation({ up: killed } as unknown as Stack, "up", {
    listener: silent,
    signal: new AbortController().signal,
    program: { errors: messages, messages, lostEngine: false, giveUp: () => undefined },
    journal: new CreationJournal(join(directory, "journal")),
    openCreations: new Set(),
    policies,
  });
  expect({ ok, messages: errors.map(({ message }) => message) }).toEqual({
    ok: false,
    messages: [
      "the engine was ended by SIGKILL before it was finished. Run the same command again: it continues from there.",
      "the look-up of the workspace failed",
    ],
  });
});
