import { daysBetween, fromUnixSeconds } from "../../rule/dates";
import { vaultSecret } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { asOf, wholeNumber } from "../../rule/settings";

const settings = { minimumDays: wholeNumber(14, "How many days before its end a secret is told of."), asOf };

export const secretNotExpired = rule({
  name: "secret-not-expired",
  on: vaultSecret,
  what: "A secret in a key vault is not past its expiry, nor close to it",
  why: "Whoever reads it gets a credential that no longer works.",
  fix: "write the next generation, and move properties.attributes.expires with it",
  source: ["Azure Policy b0eb591a-5e70-4534-a8bf-04b9c489584a"],
  severity: "medium",
  level: "mandatory",
  settings,
  check(secret, report, { minimumDays, asOf }) {
    const expires = fromUnixSeconds(secret.number("properties.attributes.expires"));
    if (expires === undefined) return;
    const days = daysBetween(asOf, expires);
    const date = expires.toISOString().slice(0, 10);
    if (days <= 0) report(`it expired on ${date}`);
    else if (days < minimumDays) report({ problem: `it expires on ${date}`, level: "advisory" });
  },
});
