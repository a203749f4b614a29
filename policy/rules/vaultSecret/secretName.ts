import { vaultSecret } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const secretNameValid = rule({
  name: "secret-name",
  on: vaultSecret,
  what: "A secret's name is one that Key Vault takes",
  why: "Key Vault refuses it only in the middle of the deployment.",
  fix: "use 1 to 127 letters, digits and hyphens",
  source: ["AZR-000121"],
  severity: "medium",
  level: "mandatory",
  check(secret, report) {
    if (!secret.has("secretName") || secret.pending("secretName")) return;
    const name = secret.text("secretName") ?? "";
    if (!/^[A-Za-z0-9-]{1,127}$/.test(name)) report(`secretName is "${name}"`);
  },
});
