import { applicationPassword } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const clientSecretReplacement = rule({
  name: "client-secret-not-deleted-before-replaced",
  on: applicationPassword,
  what: "A client secret is not deleted before the next one exists",
  why: "The daemon would have none in between, and its readers a dead one for longer.",
  fix: "leave the resource option deleteBeforeReplace out",
  source: [],
  severity: "high",
  level: "mandatory",
  check(secret, report) {
    if (secret.opts.deleteBeforeReplace === true) report("the resource option deleteBeforeReplace is set");
  },
});
