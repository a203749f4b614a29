import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { moment } from "../../../components/checks/moments";
import { rotationSchedule } from "../../../components/identity/rotationSchedule";
import type { Rotating } from "./settingsFiles";

const instant = z.string().refine((text) => moment(text) === undefined);
const days = z.number().positive().optional();
const schema = z.object({ startsAt: instant, everyDays: days, overlapDays: days, stageDays: days });

/**
 * Whether a secret's valid generations are others now than at an earlier moment: one has come or is staged, or one has ended. A rotation
 * that cannot be read counts as due, so that the stack's own program refuses it.
 */
export function isRotationDue({ rotation, rotateNow, asOf }: Rotating, since: Date, now: Date): boolean {
  const parsed = schema.safeParse(rotation);
  if (!parsed.success) return true;
  if (asOf !== undefined) return false;
  const { startsAt, everyDays, overlapDays, stageDays } = parsed.data;
  const schedule = {
    startsAt,
    ...(everyDays !== undefined && { everyDays }),
    ...(overlapDays !== undefined && { overlapDays }),
    ...(stageDays !== undefined && { stageDays }),
  };
  const reissued = instant.safeParse(rotateNow).data;
  const [before, after] = [since, now].map((date) => {
    const { previous, current, staged } = rotationSchedule(schedule, date.toISOString(), reissued);
    return { previous, current, staged };
  });
  return !isDeepStrictEqual(before, after);
}
