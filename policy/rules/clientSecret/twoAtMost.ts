import { absoluteDate } from "../../rule/dates";
import { applicationKey, declaredApplication } from "../../rule/identity";
import { applicationPassword } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";
import { asOf, wholeNumber } from "../../rule/settings";

const settings = { maximum: wholeNumber(2, "How many live secrets an application may have."), asOf };

export const clientSecretTwoAtMost = stackRule({
  name: "client-secrets-two-at-most",
  what: "An application has two live client secrets at most",
  why: "Two are enough for an overlap; a third is a forgotten one.",
  fix: "take the oldest ApplicationPassword out",
  source: [],
  severity: "medium",
  level: "mandatory",
  settings,
  check(stack, { maximum, asOf }) {
    const live = new Map<string, number>();
    for (const secret of stack.resources(applicationPassword)) {
      const key = applicationKey(secret);
      const end = secret.pending("endDate") ? undefined : absoluteDate(secret.text("endDate"));
      if (key === undefined || (end !== undefined && end <= asOf)) continue;
      const count = (live.get(key) ?? (declaredApplication(stack, key)?.has("password") ? 1 : 0)) + 1;
      live.set(key, count);
      if (count > maximum)
        secret.report(`it is live secret number ${count} of its application, and ${maximum} are allowed`);
    }
  },
});
