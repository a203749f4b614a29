import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { orphanStaysValid } from "../../../local/providers/azuread/catalogue";
import { CreationJournal } from "../../../local/stack/creationJournal";
import type { DrivenStack } from "../../../local/stack/drivenStack";
import { type Leftovers, settlePending } from "../../../local/stack/recovery";
import { markedSecret } from "../../support/engineMarks";

const urnOf = (type: string, name: string): string => `urn:pulumi:dev::p::${type}::${name}`;
const provider = urnOf("pulumi:providers:azuread", "default");
const applicationType = "azuread:index/application:Application";
const application = {
  urn: urnOf(applicationType, "loader"),
  custom: true,
  type: applicationType,
  inputs: { displayName: "Loader" },
  parent: urnOf("pulumi:pulumi:Stack", "p-dev"),
  provider: `${provider}::1`,
};

let directory: string;
let journal: CreationJournal;
let driven: DrivenStack;
const refreshed: unknown[] = [];
const told: string[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "recovery-"));
  journal = new CreationJournal(join(directory, "journal"));
  const stack = { refresh: (options: unknown) => Promise.resolve(refreshed.push(options)) };
  driven = { stack, stateFile: join(directory, "dev.json") } as unknown as DrivenStack;
  refreshed.length = 0;
  told.length = 0;
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

function putState(pending: readonly unknown[], resources: readonly unknown[] = []): void {
  const all = [
    { urn: application.parent, type: "pulumi:pulumi:Stack" },
    { urn: provider, type: "pulumi:providers:azuread", id: "1" },
    ...resources,
  ];
  const latest = { resources: all, pending_operations: pending, secrets_providers: { type: "passphrase" } };
  writeFileSync(driven.stateFile, JSON.stringify({ version: 3, checkpoint: { stack: "dev", latest } }));
}

const state = (): { resources: unknown[]; pending_operations: unknown[]; secrets_providers: unknown } =>
  (JSON.parse(readFileSync(driven.stateFile, "utf8")) as { checkpoint: { latest: never } }).checkpoint.latest;

const begin = (created: object = application, op = "create"): void => {
  journal.hear({
    sequence: 0,
    timestamp: 0,
    resourcePreEvent: { metadata: { op, new: created } },
  } as unknown as EngineEvent);
};

const settleWith = (findPending: Leftovers["findPending"]): Promise<void> =>
  settlePending(driven, journal, { findPending, orphanStaysValid }, (line) => told.push(line));

const settle = (found: string | undefined): Promise<void> =>
  settleWith(() => Promise.resolve(found === undefined || found === "removed" ? found : { id: found }));

it("takes over what has come into being, and reads its properties", async () => {
  putState([{ type: "creating", resource: application }]);
  await settle("/applications/7");
  expect(state().resources[2]).toEqual({ ...application, id: "/applications/7", outputs: {} });
  expect(state().pending_operations).toEqual([]);
  expect(state().secrets_providers).toEqual({ type: "passphrase" });
  expect(refreshed).toEqual([{ target: [application.urn] }]);
  expect(told).toEqual(["An interrupted run created azuread.Application loader. Adding it to the stack."]);
});

it("forgets what has not come into being, without starting the engine", async () => {
  putState([{ type: "creating", resource: application }]);
  await settle(undefined);
  expect(state().resources).toHaveLength(2);
  expect(state().pending_operations).toEqual([]);
  expect(refreshed).toEqual([]);
});

it.each(["azure-daemon-access:index:DaemonAccess", "pulumi:providers:azuread", "random:index/randomId:RandomId"])(
  "asks Azure for no %s, and leaves it to the next update",
  async (type) => {
    const resource = { ...application, urn: urnOf(type, "loader"), type };
    putState([{ type: "creating", resource }]);
    begin(resource);
    await settleWith((asked) => Promise.reject(new Error(`asked for ${asked}`)));
    expect(state().pending_operations).toEqual([]);
    expect(told).toEqual([]);
  },
);

it("leaves other pending operations to the next update", async () => {
  const pending = [{ type: "deleting", resource: application }];
  putState(pending);
  await settle("/applications/7");
  expect(state().pending_operations).toEqual(pending);
});

it("takes over, as the program states it, a creation that the engine orphaned after its driver was killed", async () => {
  putState([]);
  begin();
  await settle("/applications/7");
  expect(state().resources[2]).toEqual({ ...application, id: "/applications/7", outputs: {} });
  expect(journal.read()).toEqual([]);
});

it("brings no secret that the engine's events leave out into the state", async () => {
  const blinded = markedSecret({ ciphertext: "[secret]" });
  putState([]);
  begin({ ...application, inputs: { displayName: "Loader", properties: { value: blinded } } });
  await settle("/applications/7");
  expect(state().resources[2]).toEqual({ ...application, id: "/applications/7", inputs: {}, outputs: {} });
});

it("takes nothing over that the state knows already", async () => {
  putState([], [{ ...application, id: "/applications/7" }]);
  begin();
  await settle("/applications/7");
  expect(state().resources).toHaveLength(3);
  expect(refreshed).toEqual([]);
});

it("keeps what got no answer for the next run, and takes it over with its own words", async () => {
  putState([]);
  begin();
  begin({ ...application, urn: urnOf(applicationType, "refused") });
  journal.keepOnly(new Set([application.urn]));
  expect(journal.read().map(({ urn }) => urn)).toEqual([application.urn]);
  await settle("/applications/7");
  expect(state().resources[2]).toEqual({ ...application, id: "/applications/7", outputs: {} });
  expect(told).toEqual([
    "The last run got no answer to the creation of azuread.Application loader, but Azure created it. Adding it to the stack.",
  ]);
});

it("says what it has removed, and leaves the state without it", async () => {
  putState([]);
  begin();
  await settle("removed");
  expect(state().resources).toHaveLength(2);
  expect(told).toEqual([
    "An interrupted run created azuread.Application loader. Deleted it, because it can't be added to the stack. The next update creates a new one.",
  ]);
});

describe("a creation of which Azure shows nothing yet", () => {
  beforeEach(() => {
    putState([]);
    begin();
    journal.keepOnly(new Set([application.urn]));
  });

  it("is looked for by the next run too, which takes it over", async () => {
    await settle(undefined);
    journal.keepOnly(new Set());
    await settle("/applications/7");
    expect(state().resources[2]).toEqual({ ...application, id: "/applications/7", outputs: {} });
    expect(told).toEqual([
      "The last run got no answer to the creation of azuread.Application loader, and Azure does not show it.",
      "The last run got no answer to the creation of azuread.Application loader, but Azure created it. Adding it to the stack.",
    ]);
    expect(journal.read()).toEqual([]);
  });

  it("is forgotten once the stack has the resource", async () => {
    await settle(undefined);
    putState([], [{ ...application, id: "/applications/8" }]);
    await settle("/applications/7");
    expect(state().resources).toHaveLength(3);
    expect(journal.read()).toEqual([]);
  });

  it("is forgotten after an hour", async () => {
    const now = Date.now();
    await settle(undefined);
    jest.useFakeTimers({ now: now + 3_590_000 });
    await settle(undefined);
    expect(journal.read()).toHaveLength(1);
    jest.setSystemTime(now + 3_610_000);
    await settle(undefined);
    jest.useRealTimers();
    expect(journal.read()).toEqual([]);
    expect(told).toHaveLength(1);
  });

  it("is removed beside the stack's own where it is a credential", async () => {
    const type = "azuread:index/applicationPassword:ApplicationPassword";
    const password = { ...application, type, urn: urnOf(type, "loader-generation-1") };
    begin(password);
    journal.keepOnly(new Set([password.urn]));
    await settle(undefined);
    putState([], [{ ...password, id: "/applications/7/password/8" }]);
    told.length = 0;
    await settle("removed");
    expect(told).toEqual([
      "The last run got no answer to the creation of azuread.ApplicationPassword loader-generation-1, but Azure created it. Deleted it, because it can't be added to the stack. The stack has another one.",
    ]);
    expect(state().resources).toHaveLength(3);
    expect(journal.read()).toEqual([]);
  });
});

it("takes a replacement over, and leaves what it replaces to the next update's deletion", async () => {
  const old = { ...application, id: "/applications/6", outputs: {} };
  putState([], [old]);
  begin(application, "create-replacement");
  await settle("/applications/7");
  expect(state().resources.slice(2)).toEqual([
    { ...old, delete: true },
    { ...application, id: "/applications/7", outputs: {} },
  ]);
});

it("says nothing of a replacement that the state has, or that was not made", async () => {
  putState([], [{ ...application, id: "/applications/7" }]);
  begin(application, "create-replacement");
  await settle(undefined);
  expect(state().resources).toHaveLength(3);
  expect(told).toEqual([]);
});

it("reads a journal whose last line the kill has torn", () => {
  begin();
  appendFileSync(join(directory, "journal"), '{"urn": "urn:pul');
  expect(journal.read().map(({ urn }) => urn)).toEqual([application.urn]);
});

it.each([
  ["a line that was overwritten", "nonsense\n", "line 2"],
  ["a line of something else", '{"pid":1}\n', "line 2"],
])("says which file is damaged, what is lost and what to do: %s", (_what, text, where) => {
  begin();
  const file = join(directory, "journal");
  appendFileSync(file, text);
  expect(() => journal.read()).toThrow(
    `${file} is damaged: ${where} is not a creation that a run started. What an interrupted run made last may be in Azure ` +
      "without the stack knowing. Delete this file, and run `npx local-azure import`: it imports existing resources into the stack.",
  );
});
