import type { Caller } from "../entra/caller";

/** Who made and last changed a resource, and when (RFC 3339). */
export interface SystemData {
  readonly createdBy: string;
  readonly createdByType: "Application";
  readonly createdAt: string;
  readonly lastModifiedBy: string;
  readonly lastModifiedByType: "Application";
  readonly lastModifiedAt: string;
}

/** The system data after a write; what says who created it stays. */
export function touch(caller: Pick<Caller, "clientId">, now: Date, before?: SystemData): SystemData {
  const time = now.toISOString();
  return {
    createdBy: before?.createdBy ?? caller.clientId,
    createdByType: "Application",
    createdAt: before?.createdAt ?? time,
    lastModifiedBy: caller.clientId,
    lastModifiedByType: "Application",
    lastModifiedAt: time,
  };
}
