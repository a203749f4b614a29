import { type Check, write } from "./refusal";

const AUTONAME_SUFFIX_LENGTH = 8;
const GLOBAL_NAME_LENGTH = 24;
/** What is left for our part of a name that Pulumi completes with eight hexadecimal digits. */
export const AUTONAMED_LENGTH = GLOBAL_NAME_LENGTH - AUTONAME_SUFFIX_LENGTH;

const matching =
  (pattern: RegExp, longest: number, needed: string, example: string): Check =>
  (value) =>
    pattern.test(value) && value.length <= longest ? undefined : { needed, fix: write(example) };

export const storageAccountName = matching(
  /^[a-z0-9]{3,24}$/,
  GLOBAL_NAME_LENGTH,
  "3 to 24 lowercase letters and digits, unique in all of Azure",
  "stdaemons",
);

export const autonamedStorageAccount = matching(
  /^[a-z0-9]{3,}$/,
  AUTONAMED_LENGTH,
  `3 to ${AUTONAMED_LENGTH} lowercase letters and digits, because Azure's name is this and ${AUTONAME_SUFFIX_LENGTH} digits more, or else accountName`,
  "stdaemons",
);

const VAULT_PATTERN = /^[A-Za-z](?:-?[A-Za-z0-9])*$/;

export const vaultName = matching(
  /^(?=.{3})[A-Za-z](?:-?[A-Za-z0-9])*$/,
  GLOBAL_NAME_LENGTH,
  "3 to 24 letters, digits and single hyphens, a letter first and no hyphen last, unique in all of Azure",
  "kv-daemons",
);

export const autonamedVault = matching(
  VAULT_PATTERN,
  AUTONAMED_LENGTH,
  `at most ${AUTONAMED_LENGTH} letters, digits and single hyphens, a letter first and no hyphen last, because Azure's name is this and ${AUTONAME_SUFFIX_LENGTH} digits more, or else vaultName`,
  "kv-daemons",
);

const LONGEST_IDENTITY = 128;
/** What a component puts behind its own name, before Pulumi's digits. */
export const IDENTITY_SUFFIX = "-identity";
const AUTONAMED_IDENTITY = LONGEST_IDENTITY - IDENTITY_SUFFIX.length - AUTONAME_SUFFIX_LENGTH;

export const identityName = matching(
  /^[A-Za-z0-9][A-Za-z0-9_-]{2,}$/,
  LONGEST_IDENTITY,
  `a managed identity's name: 3 to ${LONGEST_IDENTITY} letters, digits, hyphens and underscores, a letter or digit first`,
  "id-forecast-loader",
);

export const autonamedIdentity = matching(
  /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
  AUTONAMED_IDENTITY,
  `at most ${AUTONAMED_IDENTITY} letters, digits, hyphens and underscores, a letter or digit first, because Azure's name is this with ${IDENTITY_SUFFIX} and ${AUTONAME_SUFFIX_LENGTH} digits more, or else identityName`,
  "forecast-loader",
);

export const secretName = matching(
  /^[A-Za-z0-9-]+$/,
  127,
  "a Key Vault secret's name: 1 to 127 letters, digits and hyphens",
  "forecast-loader-credential",
);

export const fileSystemName = matching(
  /^(?=.{3})[a-z0-9](?:-?[a-z0-9])*$/,
  63,
  "a file system's name: 3 to 63 lowercase letters, digits and single hyphens, no hyphen first or last",
  "forecasts",
);

export const endpointName = matching(
  /^(?=.{3})[A-Za-z](?:-*[A-Za-z0-9])*$/,
  32,
  "an online endpoint's name: 3 to 32 letters, digits and hyphens, a letter first and no hyphen last",
  "forecast",
);

export const computeName = matching(
  /^(?=.{3})[A-Za-z](?![A-Za-z0-9-]*-\d+$)[A-Za-z0-9-]*$/,
  24,
  "a compute's name: 3 to 24 letters, digits and hyphens, a letter first and no hyphen with a number last",
  "cpu-cluster",
);

export const lifecycleRuleName = matching(
  /^[A-Za-z0-9]+$/,
  256,
  "a rule's name: 1 to 256 letters and digits",
  "oldForecasts",
);

/** A path within a file system, as the names of what lies under it begin. */
export const pathPrefix: Check = (value) =>
  /^[^/\\](?:.*[^/])?$/.test(value) && value.length <= 900
    ? undefined
    : {
        needed: "a path within the file system, without a slash at its ends, of at most 900 characters",
        fix: write("raw/2026"),
      };

/** Leaves space in a secret's 127 characters for the longest format's name. */
export const DAEMON_NAME_LENGTH = 64;

export const daemonName = matching(
  /^[a-z](?:-?[a-z0-9])*$/,
  DAEMON_NAME_LENGTH,
  `1 to ${DAEMON_NAME_LENGTH} lowercase letters, digits and single hyphens, a letter first and no hyphen last`,
  "forecast-loader",
);

/** What a daemon's certificates are told apart by. */
export const certificateName = matching(
  /^[a-z0-9](?:-?[a-z0-9])*$/,
  64,
  "a certificate's name: 1 to 64 lowercase letters, digits and single hyphens, no hyphen first or last",
  "2027-01",
);

export const displayName: Check = (value) =>
  value.trim() === value && value.length >= 1 && value.length <= 120
    ? undefined
    : { needed: "1 to 120 characters with no space at either end", fix: write("Forecast loader") };

const atMost =
  (longest: number): Check =>
  (value) =>
    value.length <= longest
      ? undefined
      : { needed: `a text of at most ${longest} characters, not ${value.length}`, fix: "Shorten it." };

/** An application's notes: Microsoft Graph's resource type application documents no limit of them. */
export const notes: Check = () => undefined;

/** Free text about an application: Microsoft Graph's resource type application, description. */
export const remark: Check = atMost(1024);

/** Free text about a custom role: Azure role-based access control, "Custom role properties". */
export const roleDescription: Check = atMost(2048);

/** Azure's naming rules: Microsoft.Network/privateEndpoints, and Microsoft.Authorization/locks. */
const LONGEST_ENDPOINT = 64;
const LONGEST_LOCK = 90;

const ownNameFor =
  (longest: number, what: string): Check =>
  (name) =>
    name.length <= longest
      ? undefined
      : {
          needed: `a component's name of at most ${longest} characters, as Azure's name of ${what} begins with it`,
          fix: "Shorten it.",
        };

/** A component's name as its private endpoint bears it, before Pulumi's digits. @param suffix what is put behind it */
export const endpointOwnerName = (suffix: string): Check =>
  ownNameFor(LONGEST_ENDPOINT - AUTONAME_SUFFIX_LENGTH - suffix.length, "its private endpoint");

/** A component's name as its lock bears it. @param suffix what is put behind it */
export const lockOwnerName = (suffix: string): Check => ownNameFor(LONGEST_LOCK - suffix.length, "its lock");

export const resourceGroupName = matching(
  /^[\p{L}\p{N}_().-]*[\p{L}\p{N}_()-]$/u,
  90,
  "a resource group's name: 1 to 90 letters, digits, underscores, hyphens, points and brackets, no point last",
  "rg-daemons",
);

/** Azure's short form of a region. */
export const location: Check = (value) => {
  if (/^[a-z]+[0-9]*$/.test(value)) return undefined;
  const short = value.toLowerCase().replace(/[^a-z0-9]/g, "");
  const example = /^[a-z]+[0-9]*$/.test(short) ? short : "westeurope";
  return { needed: "a region's short name, lowercase letters and digits without spaces", fix: `Write "${example}".` };
};
