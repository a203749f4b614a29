import { absoluteDate } from "../../rule/dates";
import { applicationPassword } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const clientSecretEndDate = rule({
  name: "client-secret-has-end-date",
  on: applicationPassword,
  what: "A client secret has an end date, with its time and zone",
  why: "Where nothing is set, Microsoft Entra ID takes two years.",
  fix: 'set endDate, for example "2030-01-31T00:00:00Z"',
  source: ["MS.AAD.5.6v1"],
  severity: "high",
  level: "mandatory",
  check(secret, report) {
    if (!secret.has("endDate")) report("endDate is not set");
    else if (!secret.pending("endDate") && !absoluteDate(secret.text("endDate")))
      report(`endDate is "${secret.text("endDate") ?? ""}"`);
  },
});
