import { z } from "zod";
import { badParameter } from "../errors";

type ActionType = "Rotate" | "Notify";

/** What Key Vault does with a key as time passes. Local Azure keeps it; of the actions it carries out none. */
export interface RotationPolicy {
  readonly lifetimeActions: readonly {
    readonly trigger: { readonly timeAfterCreate?: string; readonly timeBeforeExpiry?: string };
    readonly action: { readonly type: ActionType };
  }[];
  /** How long a version that a rotation makes is valid, an ISO 8601 duration. */
  readonly expiryTime?: string;
  readonly created: number;
  readonly updated: number;
}

const durationPattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/i;
const duration = z.string().regex(durationPattern);
const shortestExpiryDays = 28;
const daySeconds = 24 * 60 * 60;

const body = z.strictObject({
  id: z.string().nullish(),
  lifetimeActions: z
    .array(
      z.object({
        trigger: z.strictObject({ timeAfterCreate: duration.nullish(), timeBeforeExpiry: duration.nullish() }),
        action: z.strictObject({ type: z.string() }),
      }),
    )
    .nullish(),
  attributes: z
    .object({ expiryTime: duration.nullish(), created: z.number().nullish(), updated: z.number().nullish() })
    .nullish(),
});

/** Reads a policy. @throws ServiceError 400 */
export function rotationPolicy(given: unknown): Omit<RotationPolicy, "created" | "updated"> {
  const parsed = body.safeParse(given ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badParameter(`Property ${issue?.path.join(".") ?? ""} has invalid value: ${issue?.message ?? ""}.`);
  }
  const { lifetimeActions, attributes } = parsed.data;
  const expiryTime = attributes?.expiryTime ?? undefined;
  if (expiryTime !== undefined && secondsLater(0, expiryTime) < shortestExpiryDays * daySeconds) {
    throw badParameter(`Property expiryTime ${expiryTime} is too short; it is at least ${shortestExpiryDays} days.`);
  }
  const actions = (lifetimeActions ?? []).map(({ trigger, action }) => ({
    trigger: checkedTrigger(trigger.timeAfterCreate ?? undefined, trigger.timeBeforeExpiry ?? undefined, expiryTime),
    action: { type: actionType(action.type) },
  }));
  return { lifetimeActions: actions, ...(expiryTime !== undefined && { expiryTime }) };
}

function checkedTrigger(after: string | undefined, before: string | undefined, expiryTime: string | undefined) {
  if ((after === undefined) === (before === undefined)) {
    throw badParameter("A trigger takes either timeAfterCreate or timeBeforeExpiry.");
  }
  if (before !== undefined && expiryTime === undefined) {
    throw badParameter("A trigger with timeBeforeExpiry needs the policy's expiryTime.");
  }
  return {
    ...(after !== undefined && { timeAfterCreate: after }),
    ...(before !== undefined && { timeBeforeExpiry: before }),
  };
}

function actionType(given: string): ActionType {
  const found = (["Rotate", "Notify"] as const).find((each) => each.toLowerCase() === given.toLowerCase());
  if (found === undefined) throw badParameter(`Property action.type has invalid value ${given}: Rotate or Notify.`);
  return found;
}

/** The policy of a key that none was set for. */
export const defaultRotation = (created: number): RotationPolicy => ({
  lifetimeActions: [{ trigger: { timeBeforeExpiry: "P30D" }, action: { type: "Notify" } }],
  created,
  updated: created,
});

export const rotationBody = ({ lifetimeActions, expiryTime, created, updated }: RotationPolicy): object => ({
  lifetimeActions,
  attributes: { ...(expiryTime !== undefined && { expiryTime }), created, updated },
});

/** A moment and a duration, in Unix seconds. */
export function secondsLater(from: number, length: string): number {
  const [, years = "0", months = "0", days = "0"] = durationPattern.exec(length) ?? [];
  const later = new Date(from * 1000);
  later.setUTCMonth(later.getUTCMonth() + Number(years) * 12 + Number(months));
  return later.getTime() / 1000 + Number(days) * daySeconds;
}
