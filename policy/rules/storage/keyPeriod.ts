import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { wholeNumber } from "../../rule/settings";

const settings = { maximumDays: wholeNumber(90, "The longest life of an account key, in days.") };

export const storageKeyPeriod = rule({
  name: "storage-key-period",
  on: storageAccount,
  what: "A storage account with shared keys requires their rotation",
  why: "Otherwise a key that is years old goes unnoticed.",
  fix: "set keyPolicy.keyExpirationPeriodInDays to 90, or switch shared keys off",
  source: ["Azure Policy 044985bb-afe1-42cd-8a36-9d5d42424537"],
  severity: "medium",
  level: "advisory",
  settings,
  check(account, report, { maximumDays }) {
    if (account.flag("allowSharedKeyAccess") === false) return;
    const days = account.number("keyPolicy.keyExpirationPeriodInDays");
    if (days === undefined) report("keyPolicy.keyExpirationPeriodInDays is not set");
    else if (days > maximumDays)
      report(`keyPolicy.keyExpirationPeriodInDays is ${days}, and ${maximumDays} are allowed`);
  },
});
