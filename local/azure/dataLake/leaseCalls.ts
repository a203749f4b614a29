import { randomUUID } from "node:crypto";
import { empty, type AzureResponse } from "../http/message";
import { checkConditionsAlone } from "./conditions";
import { mayFileSystem, mayPath, needs } from "./dataAccess";
import { versionHeaders } from "./fileSystemCalls";
import { fileSystemOf, headerOf, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { isLocked, leaseState, type Leasable, type Lease } from "./lease";
import { leaseOperationRefused as refused } from "./leaseRefusal";
import { existingPath } from "./readCalls";
import { invalidHeader } from "./refusal";
import { ownValue } from "../http/ownValue";

const headers = ["x-ms-lease-action", "x-ms-lease-duration", "x-ms-proposed-lease-id", "x-ms-lease-break-period"];
const lease = { endpoint: "blob", method: "PUT", headers, handle: leaseIt } as const;

/** Leases of blobs and of containers, which keep other writers out. */
export const leaseRoutes: readonly LakeRoute[] = [
  { ...lease, level: "path", query: { comp: "lease" } },
  { ...lease, level: "fileSystem", query: { restype: "container", comp: "lease" } },
];

interface Subject extends Leasable {
  readonly etag: string;
  readonly lastModified: string;
}

/** What an action leaves of the lease, and how it is answered. */
interface Outcome {
  readonly status: number;
  readonly lease: Lease | undefined;
  readonly headers?: Record<string, string>;
}

type Action = (lake: LakeRequest, subject: Subject) => Outcome;

const actions: Readonly<Record<string, Action>> = { acquire, renew, change, release, break: breakLease };

function leaseIt(lake: LakeRequest): AzureResponse {
  const { subject, save } = subjectOf(lake);
  checkConditionsAlone(lake, subject);
  const name = headerOf(lake, "x-ms-lease-action") ?? "";
  const action = ownValue(actions, name.toLowerCase());
  if (action === undefined) {
    throw invalidHeader("x-ms-lease-action", name);
  }
  const outcome = action(lake, subject);
  save(outcome.lease);
  return empty(outcome.status, { ...versionHeaders(subject), ...outcome.headers });
}

function subjectOf(lake: LakeRequest): { subject: Subject; save: (lease: Lease | undefined) => void } {
  if (lake.path === "") {
    mayFileSystem(lake, "write");
    const { fileSystem } = fileSystemOf(lake);
    return { subject: fileSystem, save: (kept) => lake.fileSystems.setLease(fileSystem, kept) };
  }
  mayPath(lake, needs.write);
  const { record, tree } = existingPath(lake);
  return { subject: record, save: (kept) => tree.setLease(record, kept) };
}

function acquire(lake: LakeRequest, subject: Subject): Outcome {
  const seconds = wholeNumber(lake, "x-ms-lease-duration") ?? -1;
  if (seconds !== -1 && (seconds < 15 || seconds > 60)) {
    throw invalidHeader("x-ms-lease-duration", String(seconds));
  }
  const id = proposedId(lake) ?? randomUUID();
  const state = leaseState(subject, lake.cloud.clock.now());
  if (isLocked(state)) {
    const isSame = subject.lease?.id === id;
    if (state === "breaking" && isSame) {
      throw refused.breaking("Acquired");
    }
    if (!isSame) {
      throw refused.alreadyPresent();
    }
  }
  return { status: 201, lease: leaseFrom(lake, id, seconds), headers: { "x-ms-lease-id": id } };
}

function renew(lake: LakeRequest, subject: Subject): Outcome {
  const { id, seconds } = heldLease(lake, subject);
  const state = leaseState(subject, lake.cloud.clock.now());
  if (state === "breaking" || state === "broken") {
    throw refused.broken();
  }
  return { status: 200, lease: leaseFrom(lake, id, seconds), headers: { "x-ms-lease-id": id } };
}

function change(lake: LakeRequest, subject: Subject): Outcome {
  const id = proposedId(lake);
  const state = leaseState(subject, lake.cloud.clock.now());
  if (id === undefined) {
    throw invalidHeader("x-ms-proposed-lease-id", "");
  }
  if (!isLocked(state)) {
    throw refused.notPresent();
  }
  const held = subject.lease?.id === id ? subject.lease : heldLease(lake, subject);
  if (state === "breaking") {
    throw refused.breaking("Changed");
  }
  return { status: 200, lease: { ...held, id }, headers: { "x-ms-lease-id": id } };
}

function release(lake: LakeRequest, subject: Subject): Outcome {
  heldLease(lake, subject);
  return { status: 200, lease: undefined };
}

function breakLease(lake: LakeRequest, { lease: held }: Subject): Outcome {
  if (held === undefined) {
    throw refused.notPresent();
  }
  const period = wholeNumber(lake, "x-ms-lease-break-period");
  if (period !== undefined && (period < 0 || period > 60)) {
    throw invalidHeader("x-ms-lease-break-period", String(period));
  }
  const now = lake.cloud.clock.now().getTime();
  const end = held.broken ?? held.expires;
  const left = end === undefined ? undefined : Math.max(0, Math.ceil((Date.parse(end) - now) / 1000));
  const seconds = left === undefined ? (period ?? 0) : Math.min(left, period ?? left);
  const broken = { ...held, broken: new Date(now + seconds * 1000).toISOString() };
  return { status: 202, lease: broken, headers: { "x-ms-lease-time": String(seconds) } };
}

/** The lease that a request names. @throws Refusal where it is another one, or there is none */
function heldLease(lake: LakeRequest, { lease: held }: Subject): Lease {
  const id = headerOf(lake, "x-ms-lease-id")?.toLowerCase();
  if (id === undefined) {
    throw invalidHeader("x-ms-lease-id", "");
  }
  if (held === undefined) {
    throw refused.notPresent();
  }
  if (held.id !== id) {
    throw refused.mismatch();
  }
  return held;
}

const leaseFrom = (lake: LakeRequest, id: string, seconds: number): Lease => ({
  id,
  seconds,
  ...(seconds === -1 ? {} : { expires: new Date(lake.cloud.clock.now().getTime() + seconds * 1000).toISOString() }),
});

function proposedId(lake: LakeRequest): string | undefined {
  const id = headerOf(lake, "x-ms-proposed-lease-id")?.toLowerCase();
  if (id !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    throw invalidHeader("x-ms-proposed-lease-id", id);
  }
  return id;
}

function wholeNumber(lake: LakeRequest, name: string): number | undefined {
  const text = headerOf(lake, name);
  if (text !== undefined && !/^-?\d{1,4}$/.test(text)) {
    throw invalidHeader(name, text);
  }
  return text === undefined ? undefined : Number(text);
}
