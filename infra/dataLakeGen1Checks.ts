import { z } from "zod";
import { type Tell, write } from "../components/checks/refusal";
import { GEN1_RETIREMENT_DATE } from "../components/data/dataLakeGen1";
import { DATA_LAKE_GEN1_FORMAT } from "../components/vault/credentialFormats";

const anything = z.unknown().optional();

export const lenientGen1Account = z.object({
  accountId: anything,
  allowRetiredService: anything,
  accountName: anything,
  allowedIpRanges: anything,
});

export const lenientGen1Use = z.object({
  storeName: anything,
  path: anything,
  permissions: anything,
  accountRole: anything,
});

type Account = z.infer<typeof lenientGen1Account>;

interface Daemon {
  readonly dataLakeGen1?: z.infer<typeof lenientGen1Use> | undefined;
  readonly formats: readonly string[];
}

const ofNewAccount = ["allowRetiredService", "accountName", "allowedIpRanges"] as const;

/** What is wrong about the settings of Data Lake Storage Gen1 together. */
export function checkDataLakeGen1(tell: Tell, account: Account | undefined, daemons: readonly Daemon[]): void {
  if (account) checkAccount(tell, account);
  daemons.forEach(({ dataLakeGen1: use, formats }, index) => {
    const path = `daemons[${index}].dataLakeGen1`;
    if (formats.includes(DATA_LAKE_GEN1_FORMAT) && use?.storeName === undefined && account === undefined) {
      tell(use ? `${path}.storeName` : path, undefined, {
        needed: `storeName, the account that the format ${DATA_LAKE_GEN1_FORMAT} names, or one as azure-daemon-access:dataLakeGen1`,
        fix: write("forecastlake"),
      });
    }
    if (use) checkUse(tell, path, use, account);
  });
}

function checkUse(
  tell: Tell,
  path: string,
  use: NonNullable<Daemon["dataLakeGen1"]>,
  account: Account | undefined,
): void {
  if (use.path !== undefined && account === undefined) {
    tell(`${path}.path`, use.path, {
      needed: "no directory without its account",
      fix: "Name the account as azure-daemon-access:dataLakeGen1 with accountId, or leave path out.",
    });
  }
  if (use.path !== undefined && account !== undefined && use.storeName !== undefined) {
    tell(`${path}.storeName`, use.storeName, {
      needed: "no account beside path, because path is in the account of azure-daemon-access:dataLakeGen1",
      fix: "Leave storeName out.",
    });
  }
  for (const setting of ["permissions", "accountRole"] as const) {
    if (use[setting] !== undefined && use.path === undefined) {
      tell(`${path}.${setting}`, use[setting], {
        needed: "path too, the directory of the daemon",
        fix: write("/forecasts"),
      });
    }
  }
}

function checkAccount(tell: Tell, account: Account): void {
  if (account.accountId !== undefined) {
    for (const setting of ofNewAccount.filter((each) => account[each] !== undefined)) {
      tell(`dataLakeGen1.${setting}`, account[setting], {
        needed: "only accountId, because an existing account is never changed",
        fix: `Leave ${setting} out.`,
      });
    }
    return;
  }
  if (account.allowRetiredService !== true) {
    tell("dataLakeGen1.accountId", undefined, {
      needed: `the resource ID of an account that exists: Data Lake Storage Gen1 was retired on ${GEN1_RETIREMENT_DATE}, and Azure makes no new ones`,
      fix: "For a new lake use daemons[].lake, which is Gen2; set allowRetiredService to true to create a new Gen1 account anyway.",
    });
  } else if (account.accountName === undefined) {
    tell("dataLakeGen1.accountName", undefined, {
      needed: "the name of the new account: the daemons' credentials carry it",
      fix: write("forecastlake"),
    });
  }
}
