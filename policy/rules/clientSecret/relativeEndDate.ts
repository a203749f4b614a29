import { applicationPassword } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const clientSecretRelativeEndDate = rule({
  name: "client-secret-no-relative-end-date",
  on: applicationPassword,
  what: "A client secret's end is not given as a duration",
  why: "The provider drops it without a word, and the secret lives for two years.",
  fix: "compute endDate in the program and leave endDateRelative out",
  source: [],
  severity: "high",
  level: "mandatory",
  check(secret, report) {
    if (secret.has("endDateRelative")) report("endDateRelative is set");
  },
});
