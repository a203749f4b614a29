import { blobContainer } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const containerEncryptionScope = rule({
  name: "container-encryption-scope",
  on: blobContainer,
  what: "A blob container with an encryption scope enforces it",
  why: "A writer could otherwise choose another key than the one the container was given.",
  fix: "set denyEncryptionScopeOverride to true",
  source: [],
  severity: "low",
  level: "advisory",
  check(container, report) {
    if (container.has("defaultEncryptionScope") && container.flag("denyEncryptionScopeOverride") !== true)
      report("denyEncryptionScopeOverride is not true");
  },
});
