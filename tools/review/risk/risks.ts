import { accessRisks, anonymousAccessRisks } from "./access";
import { protectionRisks } from "./protection";
import type { Risk, RiskContext } from "./risk";
import { rotationRisks } from "./rotation";

/** Every risk of a change, the highest first. */
export function risksIn(context: RiskContext): Risk[] {
  const all = [rotationRisks, protectionRisks, accessRisks, anonymousAccessRisks].flatMap((find) => find(context));
  return all.sort((one, other) => order(one).localeCompare(order(other)));
}

const order = ({ severity, kind, subject }: Risk): string => `${severity === "high" ? 0 : 1} ${kind} ${subject}`;
