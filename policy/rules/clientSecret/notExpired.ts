import { absoluteDate } from "../../rule/dates";
import { applicationPassword } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { asOf } from "../../rule/settings";

const settings = { asOf };

export const clientSecretNotExpired = rule({
  name: "client-secret-not-expired",
  on: applicationPassword,
  what: "A client secret has not expired",
  why: "Microsoft Entra ID refuses it otherwise, with AADSTS7000222.",
  fix: "set endDate to a date ahead, or take the secret out",
  source: [],
  severity: "high",
  level: "mandatory",
  settings,
  check(secret, report, { asOf }) {
    const end = absoluteDate(secret.text("endDate"));
    if (end !== undefined && end <= asOf) report(`it ended on ${end.toISOString().slice(0, 10)}`);
  },
});
