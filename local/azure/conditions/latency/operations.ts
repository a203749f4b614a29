import type { Duration } from "./duration";

/** How long Azure works on a change after it has accepted it. */
export interface Work extends Duration {
  /** The resource's path, in lower case. */
  readonly path: RegExp;
}

/** The first that fits counts. */
export const works: readonly Work[] = [
  {
    of: "ARM: a vault, until its name is registered",
    path: /\/vaults\/[^/]+$/,
    shortest: 10_000,
    longest: 10_000,
    isRecorded: false,
    source:
      "azure-native looks every 10 s; in Azure/azure-cli's recorded test of keyvault create it is done at the first look, after 31 s",
  },
  {
    of: "ARM: a storage account",
    path: /\/storageaccounts\/[^/]+$/,
    shortest: 17_000,
    longest: 25_000,
    isRecorded: true,
    source:
      "Azure/azure-cli, recorded test of storage account create: 17 s; published logs of terraform apply: 23 s and more, with its data calls",
  },
  {
    of: "ARM: a Machine Learning workspace or a part of one",
    path: /\/microsoft\.machinelearningservices\//,
    shortest: 20_000,
    longest: 60_000,
    isRecorded: false,
    source: "a storage account's time, and as much again",
  },
  {
    of: "ARM: anything else that it works on",
    path: /^/,
    shortest: 5_000,
    longest: 20_000,
    isRecorded: false,
    source: "less than a storage account",
  },
];
