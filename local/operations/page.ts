import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAdminConsent } from "../azure/adminConsent/adminConsent";
import { createArm } from "../azure/arm/arm";
import type { Cloud } from "../azure/cloud";
import { createContainerRegistry } from "../azure/containerRegistry/containerRegistry";
import { createDataLake } from "../azure/dataLake/dataLake";
import { createDataLakeGen1 } from "../azure/dataLakeGen1/dataLakeGen1";
import { createEntra } from "../azure/entra/entra";
import { createGraph } from "../azure/graph/graph";
import type { Operation } from "../azure/http/router";
import { createInstanceMetadata } from "../azure/instanceMetadata/instanceMetadata";
import { createKeyVault } from "../azure/keyVault/keyVault";
import { LocalAzure } from "../azure/localAzure";
import { createRegionalService } from "../azure/machineLearning/regionalService";
import { createScoring } from "../azure/machineLearning/scoring";
import { table } from "./table";

/** One service's part of the page. */
interface Chapter {
  readonly title: string;
  readonly operationsOf: (cloud: Cloud) => readonly Operation[];
}

export const chapters: readonly Chapter[] = [
  { title: "Entra ID: `login.microsoftonline.com`", operationsOf: (cloud) => createEntra(cloud).operations },
  {
    title: "Microsoft Graph: `graph.microsoft.com/v1.0` and `/beta`",
    operationsOf: (cloud) => createGraph(cloud).operations,
  },
  {
    title: "Admin consent, as the Azure CLI asks for it: `main.iam.ad.ext.azure.com`",
    operationsOf: (cloud) => createAdminConsent(cloud).operations,
  },
  {
    title: "Instance metadata: plain HTTP, under the address that `env --as` prints",
    operationsOf: (cloud) => createInstanceMetadata(cloud).operations,
  },
  { title: "Azure Resource Manager: `management.azure.com`", operationsOf: (cloud) => createArm(cloud).operations },
  { title: "Key Vault: `*.vault.azure.net`", operationsOf: (cloud) => createKeyVault(cloud).operations },
  {
    title: "Data lake: `*.dfs.core.windows.net` and `*.blob.core.windows.net`",
    operationsOf: (cloud) => createDataLake(cloud).operations,
  },
  {
    title: "Data Lake Storage Gen1: `*.azuredatalakestore.net`",
    operationsOf: (cloud) => createDataLakeGen1(cloud).operations,
  },
  { title: "Container registry: `*.azurecr.io`", operationsOf: (cloud) => createContainerRegistry(cloud).operations },
  {
    title: "Online endpoints: `*.{region}.inference.ml.azure.com`",
    operationsOf: (cloud) => createScoring(cloud).operations,
  },
  {
    title: "Machine Learning in a region: `*.api.azureml.ms`",
    operationsOf: (cloud) => createRegionalService(cloud).operations,
  },
];

/** The tables of supported operations, as the services' own routers list them. */
export async function operationsTables(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "local-azure-operations-"));
  const azure = await LocalAzure.open({ stateDirectory: directory });
  try {
    return chapters.map(({ title, operationsOf }) => chapter(title, operationsOf(azure.cloud))).join("\n\n");
  } finally {
    await azure.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function chapter(title: string, operations: readonly Operation[]): string {
  const methodsByPath = new Map<string, Set<string>>();
  for (const { method, path } of operations) {
    const shown = readable(path);
    methodsByPath.set(shown, (methodsByPath.get(shown) ?? new Set<string>()).add(method));
  }
  const rows = [...methodsByPath].map(([path, methods]) => [`\`${path}\``, [...methods].join(", ")] as const);
  return `### ${title}\n\n${table([["path", "methods"], ...rows])}`;
}

/** `:name` becomes `{name}`; the group's resources lose the prefix that they all share. */
const readable = (path: string): string =>
  path
    .replace(/:(\w+)/g, "{$1}")
    .replace(/^https:\/\/\{account\}\./, "")
    .replace("/subscriptions/{subscription}/resourceGroups/{group}/providers/", "{group}/providers/")
    .replace("/subscriptions/{subscription}/providers/", "{subscription}/providers/")
    .replace("/{scope}/providers/", "{scope}/providers/");
