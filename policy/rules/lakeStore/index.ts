import { lakeStoreEncryption } from "./encryption";
import { lakeStoreFirewall } from "./firewall";
import { lakeStoreForeignIdentities } from "./foreignIdentities";
import { lakeStoreLog } from "./log";
import { lakeStoreRetired } from "./retired";

export const lakeStoreRules = [
  lakeStoreEncryption,
  lakeStoreFirewall,
  lakeStoreForeignIdentities,
  lakeStoreRetired,
  lakeStoreLog,
];
