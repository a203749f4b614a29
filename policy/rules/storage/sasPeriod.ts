import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { wholeNumber } from "../../rule/settings";

const settings = { maximumDays: wholeNumber(7, "The longest life of a shared access signature, in days.") };

export const storageSasPeriod = rule({
  name: "storage-sas-period",
  on: storageAccount,
  what: "A storage account with shared keys limits its shared access signatures",
  why: "A signature can't be revoked on its own; it works until it expires.",
  fix: 'set sasPolicy to { sasExpirationPeriod: "07.00:00:00", expirationAction: "Block" }, or switch shared keys off',
  source: [
    "CKV2_AZURE_41",
    "Azure Policy bc1b984e-ddae-40cc-801a-050a030e4fbe",
    "Azure Policy 7aa1c9d5-3d7e-4579-8117-d85e99211757",
  ],
  severity: "medium",
  level: "advisory",
  settings,
  check(account, report, { maximumDays }) {
    if (account.flag("allowSharedKeyAccess") === false) return;
    const period = account.text("sasPolicy.sasExpirationPeriod");
    const days = Number(/^(\d+)\.\d{2}:\d{2}:\d{2}$/.exec(period ?? "")?.[1] ?? Number.NaN);
    if (period === undefined) report("sasPolicy.sasExpirationPeriod is not set");
    else if (!(days <= maximumDays))
      report(`sasPolicy.sasExpirationPeriod is ${period}, and ${maximumDays} days are allowed`);
  },
});
