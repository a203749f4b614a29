import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const flags = ["isLocalUserEnabled", "isSftpEnabled"];

export const storageLocalUsers = rule({
  name: "storage-no-local-users",
  on: storageAccount,
  what: "A storage account has neither local users nor SFTP",
  why: "Their passwords and keys are outside Microsoft Entra ID, so no access review includes them.",
  fix: "leave isLocalUserEnabled and isSftpEnabled out",
  source: ["CKV_AZURE_244"],
  severity: "medium",
  level: "mandatory",
  check(account, report) {
    for (const flag of flags) if (account.flag(flag) === true) report(`${flag} is true`);
  },
});
