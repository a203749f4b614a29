import { AUTONAMED_LENGTH } from "../components/checks/names";
import { type Check, write } from "../components/checks/refusal";

const START = "kv-";

/** The vault of a stack that names none. */
export const DEFAULT_VAULT = "daemons";

/** Name of the component of one of the stack's vaults. */
export const vaultComponent = (vault: string): string => `${START}${vault}`;

/** A vault's name in the settings. The vault's own name in Azure is made from it. */
export const platformVault: Check = (value) => {
  const longest = AUTONAMED_LENGTH - START.length;
  return value.length <= longest && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value)
    ? undefined
    : {
        needed: `the name of a vault in the settings: 1 to ${longest} lowercase letters, digits and single hyphens`,
        fix: write("forecasting"),
      };
};
