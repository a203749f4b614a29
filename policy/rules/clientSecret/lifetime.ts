import { absoluteDate, daysBetween } from "../../rule/dates";
import { applicationPassword } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { asOf, wholeNumber } from "../../rule/settings";

const settings = { maximumDays: wholeNumber(180, "The longest life of a client secret, in days."), asOf };

export const clientSecretLifetime = rule({
  name: "client-secret-lifetime",
  on: applicationPassword,
  what: "A client secret lives no longer than it may",
  why: "The shorter it lives, the less a copy of it is worth.",
  fix: "set endDate to an earlier date, and rotate",
  source: ["MS.AAD.5.6v1"],
  severity: "high",
  level: "mandatory",
  settings,
  check(secret, report, { maximumDays, asOf }) {
    const end = absoluteDate(secret.text("endDate"));
    if (end === undefined) return;
    const days = Math.ceil(daysBetween(absoluteDate(secret.text("startDate")) ?? asOf, end));
    if (days > maximumDays) report(`it lives ${days} days, and ${maximumDays} are allowed`);
  },
});
