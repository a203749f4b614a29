import { randomUUID } from "node:crypto";
import type { Cloud } from "../cloud";
import { empty, json, type AzureResponse } from "../http/message";
import type { Collection } from "../store/store";

/** Host that the addresses of operations name. */
const managementEndpoint = "https://management.azure.com";

/** An operation nobody polls ends by itself after this time, as in Azure. */
const unattendedMilliseconds = 5_000;

/** Ended operations are forgotten after a day. */
const retentionMilliseconds = 86_400_000;

/**
 * Says "poll again soon" to clients that read milliseconds (azcore and local Azure's own providers), while those that
 * read only seconds wait one.
 */
export const pollSoon = { "retry-after": "1", "retry-after-ms": "1", "x-ms-retry-after-ms": "1" } as const;

/** How an operation ends. `body` is what a poll of Location is answered with. */
export type OperationOutcome =
  | { readonly status: "Succeeded"; readonly body?: unknown }
  | { readonly status: "Failed"; readonly error: { readonly code: string; readonly message: string } };

/** A kind of long-running operation. Its input is plain JSON, so that an operation goes on after a restart. */
export interface OperationKind<Input> {
  /** Unique, for example "Microsoft.Storage/storageAccounts/write". */
  readonly name: string;
  /** Provider namespace in the operation's address; left out for those of Microsoft.Resources. */
  readonly namespace?: string;
  /** The type in the operation's address, for example "asyncoperations" or "operationResults". */
  readonly statusType: string;
  /** Does the work. Runs once, when the operation ends. */
  readonly complete: (cloud: Cloud, input: Input) => OperationOutcome;
}

export interface StartedOperation {
  readonly id: string;
  /** Answers 202 while the operation runs, then 200 with its result: the Location header. */
  readonly locationUrl: string;
  /** Answers 200 with a status: the Azure-AsyncOperation header. */
  readonly statusUrl: string;
}

export interface OperationRecord {
  readonly id: string;
  readonly kind: string;
  readonly subscriptionId: string;
  readonly location?: string;
  readonly input: unknown;
  readonly startedAt: string;
  /** Polls that still find the operation running. */
  readonly pollsLeft: number;
  readonly endedAt?: string;
  readonly outcome?: OperationOutcome;
}

const kinds = new Map<string, OperationKind<unknown>>();

/** Makes a kind of operation known. To be called when a module is loaded, so that operations survive a restart. */
export function operationKind<Input>(kind: OperationKind<Input>): OperationKind<Input> {
  kinds.set(kind.name, kind as OperationKind<unknown>);
  return kind;
}

const operations = (cloud: Cloud): Collection<OperationRecord> => cloud.store.collection("arm.operations");
const running = (cloud: Cloud): Collection<string> => cloud.store.collection("arm.runningOperations");

/** Begins an operation; {@link accepted} makes the answer that tells the client of it. */
export function startOperation<Input>(
  cloud: Cloud,
  kind: OperationKind<Input>,
  request: {
    readonly subscriptionId: string;
    /** Region in the operation's address, in its short form. */
    readonly location?: string;
    readonly apiVersion: string;
    readonly input: Input;
    /** Polls that find the operation still running. @default 1 */
    readonly polls?: number;
  },
): StartedOperation {
  forgetOldOperations(cloud);
  const id = randomUUID();
  operations(cloud).set(id, {
    id,
    kind: kind.name,
    subscriptionId: request.subscriptionId,
    ...(request.location === undefined ? {} : { location: request.location }),
    input: request.input,
    startedAt: cloud.clock.now().toISOString(),
    pollsLeft: request.polls ?? 1,
  });
  running(cloud).set(id, id);
  const provider =
    kind.namespace === undefined ? "" : `/providers/${kind.namespace}/locations/${request.location ?? "global"}`;
  const url = `${managementEndpoint}/subscriptions/${request.subscriptionId}${provider}/${kind.statusType}/${id}?api-version=${request.apiVersion}`;
  return { id, locationUrl: `${url}&monitor=true`, statusUrl: `${url}&type=async` };
}

/**
 * The answer to a request that began an operation: headers for polling, and a body where the service sends one.
 * @param style which headers the service sends
 */
export function accepted(
  operation: StartedOperation,
  style: "location" | "azure-asyncoperation" | "both",
  answer: { readonly status?: number; readonly body?: unknown } = {},
): AzureResponse {
  const headers = {
    ...pollSoon,
    ...(style === "azure-asyncoperation" ? {} : { location: operation.locationUrl }),
    ...(style === "location" ? {} : { "azure-asyncoperation": operation.statusUrl }),
  };
  const status = answer.status ?? 202;
  return answer.body === undefined ? empty(status, headers) : json(status, answer.body, headers);
}

/** A poll of an operation; undefined where there is no operation of that ID. */
export function pollOperation(
  cloud: Cloud,
  id: string,
  poll: { readonly asStatus: boolean; readonly url: string },
): AzureResponse | undefined {
  const before = operations(cloud).get(id.toLowerCase());
  if (before === undefined) {
    return undefined;
  }
  const operation = before.outcome === undefined && before.pollsLeft === 0 ? end(cloud, before) : before;
  if (operation.outcome === undefined) {
    operations(cloud).set(operation.id, { ...operation, pollsLeft: operation.pollsLeft - 1 });
  }
  return poll.asStatus ? statusAnswer(operation) : locationAnswer(operation, poll.url);
}

/** Ends the operations that nobody polls. */
export function endUnattendedOperations(cloud: Cloud): void {
  const due = cloud.clock.now().getTime() - unattendedMilliseconds;
  for (const operation of runningOperations(cloud)) {
    if (Date.parse(operation.startedAt) <= due) {
      end(cloud, operation);
    }
  }
}

function runningOperations(cloud: Cloud): OperationRecord[] {
  const all = operations(cloud);
  return [...running(cloud).values()].flatMap((id) => all.get(id) ?? []);
}

function end(cloud: Cloud, operation: OperationRecord): OperationRecord {
  const kind = kinds.get(operation.kind);
  if (kind === undefined) {
    throw new Error(`operation ${operation.id} is of the unknown kind ${operation.kind}`);
  }
  const ended = {
    ...operation,
    endedAt: cloud.clock.now().toISOString(),
    outcome: kind.complete(cloud, operation.input),
  };
  operations(cloud).set(operation.id, ended);
  running(cloud).delete(operation.id);
  return ended;
}

function statusAnswer({ id, startedAt, endedAt, outcome }: OperationRecord): AzureResponse {
  if (outcome === undefined) {
    return json(200, { id, status: "InProgress", startTime: startedAt }, pollSoon);
  }
  return json(200, {
    id,
    status: outcome.status,
    startTime: startedAt,
    endTime: endedAt,
    ...(outcome.status === "Failed" ? { error: outcome.error } : {}),
  });
}

function locationAnswer({ outcome }: OperationRecord, url: string): AzureResponse {
  if (outcome === undefined) {
    return empty(202, { ...pollSoon, location: url });
  }
  if (outcome.status === "Failed") {
    return json(400, { error: outcome.error });
  }
  return outcome.body === undefined ? empty(200) : json(200, outcome.body);
}

function forgetOldOperations(cloud: Cloud): void {
  const before = cloud.clock.now().getTime() - retentionMilliseconds;
  for (const { id, endedAt } of [...operations(cloud).values()]) {
    if (endedAt !== undefined && Date.parse(endedAt) < before) {
      operations(cloud).delete(id);
    }
  }
}
