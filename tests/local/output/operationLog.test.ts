import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import { OperationLog } from "../../../local/output/operationLog";
import { UNKNOWN, markedSecret } from "../../support/engineMarks";

const urn = "urn:pulumi:dev::p::azuread:index/application:Application::loader";
const secret = markedSecret({ ciphertext: "[secret]" });

function metadata(op: string, changes: Partial<StepEventMetadata> = {}): StepEventMetadata {
  const resource = {
    type: "azuread:index/application:Application",
    urn,
    id: "",
    parent: "",
    inputs: {},
    outputs: {},
    provider: "",
  };
  return { op, urn, type: resource.type, provider: "", new: resource, old: resource, ...changes } as StepEventMetadata;
}

const event = (fields: Partial<EngineEvent>): EngineEvent => ({ sequence: 0, timestamp: 0, ...fields });
const quiet = { started: () => undefined, finished: () => undefined };
const error = (message: string, about = ""): EngineEvent =>
  event({ diagnosticEvent: { severity: "error", message, urn: about, color: "never" } });

let log: OperationLog;
beforeEach(() => {
  log = new OperationLog(quiet);
});

it("keeps what the program tells of the whole stack, and nothing that a resource or the engine tells", () => {
  const info = (message: string, about = ""): EngineEvent =>
    event({ diagnosticEvent: { severity: "info", message, urn: about, color: "never" } });
  log.hear(info("<{%reset%}>Rotation, as of 2027-04-05T00:00:00Z:\n  loader: Generation 1 is in use.<{%reset%}>\n"));
  log.hear(info("about the stack", "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev"));
  log.hear(info("about a resource", urn));
  log.hear(info("using pulumi-analyzer-policy-nodejs from /somewhere"));
  expect(log.notes).toEqual([
    "Rotation, as of 2027-04-05T00:00:00Z:\n  loader: Generation 1 is in use.",
    "about the stack",
  ]);
});

it("shows inputs with secrets masked and unknown values named", () => {
  const inputs = { displayName: "Loader", value: secret, id: UNKNOWN, list: [secret] };
  const step = metadata("create");
  log.hear(event({ resourcePreEvent: { metadata: { ...step, new: { ...step.new, inputs } as never } } }));
  expect(log.steps[0]?.inputs).toEqual({
    displayName: "Loader",
    value: "[secret]",
    id: "(known after up)",
    list: ["[secret]"],
  });
});

it("tells a resource once, by what became of it", () => {
  log.hear(event({ resourcePreEvent: { metadata: metadata("create") } }));
  log.hear(event({ resOutputsEvent: { metadata: metadata("create") } }));
  expect(log.steps).toMatchObject([{ op: "create", status: "done", type: "azuread.Application", name: "loader" }]);
});

it("tells a refresh by what it found, with the old and the new value", () => {
  const found = metadata("update", {
    detailedDiff: { "tags.team": { diffKind: "update" as never, inputDiff: false } },
  });
  const old = { ...found.old, outputs: { tags: { team: "data" } } } as never;
  const next = { ...found.new, outputs: { tags: { team: "other" } } } as never;
  log.hear(event({ resourcePreEvent: { metadata: metadata("refresh") } }));
  log.hear(event({ resOutputsEvent: { metadata: { ...found, old, new: next } } }));
  expect(log.steps).toMatchObject([
    { op: "update", status: "done", changes: [{ property: "tags.team", old: "data", new: "other" }] },
  ]);
});

it("keeps the service's error with its resource, and drops the engine's framing", () => {
  log.hear(event({ resourcePreEvent: { metadata: metadata("create") } }));
  log.hear(event({ resOpFailedEvent: { metadata: metadata("create"), status: 0, steps: 0 } }));
  log.hear(error("<{%reset%}>Authorization_RequestDenied: Insufficient privileges<{%reset%}>\n", urn));
  log.hear(error("update failed"));
  expect(log.steps).toMatchObject([{ op: "create", status: "failed" }]);
  expect(log.diagnostics).toEqual([
    {
      severity: "error",
      message: "Authorization_RequestDenied: Insufficient privileges",
      type: "azuread.Application",
      name: "loader",
    },
  ]);
});

it("takes the stack's outputs from the stack itself, and does not list it as a resource", () => {
  const stack = metadata("create", { type: "pulumi:pulumi:Stack" });
  log.hear(event({ resourcePreEvent: { metadata: stack } }));
  log.hear(
    event({
      resOutputsEvent: {
        metadata: { ...stack, new: { ...stack.new, outputs: { vaultUri: "u", s: secret } } as never },
      },
    }),
  );
  expect(log.outputs).toEqual({ vaultUri: "u", s: "[secret]" });
  expect(log.steps).toEqual([]);
});
