import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import type { ChosenModes, ConditionsChange } from "../conditions/conditions";
import type { FaultPlan } from "../conditions/faults/faultPlan";
import type { Injections } from "../conditions/faults/injections";
import { parsedScenario, scenarioFrom, ScenarioRefused } from "../conditions/faults/scenarioFiles";
import type { Scenario } from "../conditions/faults/scenarioSchema";
import { largestSeed } from "../conditions/seed";

/** What the control address reads and changes. */
export interface Controlled {
  readonly faults: FaultPlan;
  readonly injections: Injections;
  readonly seed: number;
  readonly modes: ChosenModes;
  changeConditions(change: ConditionsChange): void;
}

export interface ControlRequest {
  readonly method: string;
  readonly path: string;
  /** JSON or YAML; empty where none was sent. */
  readonly body: string;
}

export interface ControlReply {
  readonly status: number;
  readonly body: unknown;
}

const modeChange = z
  .strictObject({ profile: z.literal("azure"), factor: z.number().min(0).optional() })
  .transform(({ profile, factor = 1 }) => ({ profile, factor }))
  .nullable()
  .optional();

const changeSchema = z.strictObject({
  seed: z.int().min(0).max(largestSeed).optional(),
  throttling: modeChange,
  latency: modeChange,
});

const help = "There are GET and DELETE /faults, PUT and DELETE /faults/<name>, GET /injected, GET and PUT /conditions.";

/** Answers a request to the control address. */
export function routeControl(azure: Controlled, { method, path, body }: ControlRequest): ControlReply {
  const [, collection = "", name, ...rest] = path.split("/");
  const route = `${method} /${collection}${name === undefined ? "" : "/<name>"}`;
  if (rest.length > 0) return { status: 404, body: { error: `${path} does not exist. ${help}` } };
  try {
    switch (route) {
      case "GET /faults":
        return { status: 200, body: { scenarios: azure.faults.scenarios } };
      case "DELETE /faults":
        azure.faults.clear();
        return { status: 200, body: { scenarios: [] } };
      case "PUT /faults/<name>": {
        const scenario = scenarioOf(name ?? "", body);
        azure.faults.enact(scenario);
        return { status: 200, body: scenario };
      }
      case "DELETE /faults/<name>":
        return azure.faults.repeal(name ?? "")
          ? { status: 200, body: { scenarios: azure.faults.scenarios } }
          : {
              status: 404,
              body: { error: `No scenario "${name ?? ""}" is in force. GET /faults lists those that are.` },
            };
      case "GET /injected":
        return {
          status: 200,
          body: { seed: azure.seed, counts: azure.injections.counts, records: azure.injections.records },
        };
      case "PUT /conditions":
        azure.changeConditions(changeOf(body));
        return { status: 200, body: conditionsOf(azure) };
      case "GET /conditions":
        return { status: 200, body: conditionsOf(azure) };
      default:
        return { status: 404, body: { error: `There is no ${method} ${path}. ${help}` } };
    }
  } catch (error) {
    if (!(error instanceof ScenarioRefused)) throw error;
    return { status: 400, body: { error: error.message } };
  }
}

const conditionsOf = ({ seed, modes }: Controlled): unknown => ({
  seed,
  replication: modes.replication ?? null,
  throttling: modes.throttling ?? null,
  latency: modes.latency ?? null,
});

/** A scenario that comes with local Azure where no body was sent. */
function scenarioOf(name: string, body: string): Scenario {
  if (!/^[a-z0-9-]+$/.test(name)) {
    throw new ScenarioRefused(
      `A scenario's name has lowercase letters, digits and hyphens; got ${JSON.stringify(name)}.`,
    );
  }
  return body.trim() === "" ? scenarioFrom(name) : parsedScenario(name, documentOf(body), name);
}

function changeOf(body: string): ConditionsChange {
  const parsed = changeSchema.safeParse(documentOf(body));
  if (parsed.success) return parsed.data;
  throw new ScenarioRefused(
    `Give an object of seed (an integer from 0 to ${largestSeed}), throttling and latency ({"profile": "azure", "factor": 0.1}, or null for off). Replication is chosen when local Azure is started.`,
    parsed.error.issues.map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`),
  );
}

function documentOf(body: string): unknown {
  try {
    return parse(body);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new ScenarioRefused(`The body is neither JSON nor YAML: ${error.message.split("\n")[0] ?? ""}`);
  }
}
