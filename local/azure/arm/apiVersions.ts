/** API versions by namespace, newest first: those of the published SDKs, previews only where there is nothing else. */
const versionsOfNamespace: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.Authorization": ["2022-04-01", "2020-10-01", "2018-07-01", "2015-07-01"],
  "Microsoft.ContainerRegistry": ["2025-11-01", "2025-04-01", "2023-07-01", "2022-12-01", "2021-09-01"],
  "Microsoft.DataLakeStore": ["2016-11-01"],
  "Microsoft.Insights": ["2021-05-01-preview", "2017-05-01-preview", "2016-09-01"],
  "Microsoft.KeyVault": ["2026-02-01", "2025-05-01", "2024-11-01", "2023-07-01", "2023-02-01", "2022-07-01"],
  "Microsoft.MachineLearningServices": ["2026-05-01", "2025-12-01", "2025-06-01", "2024-10-01", "2024-04-01"],
  "Microsoft.ManagedIdentity": ["2024-11-30", "2023-01-31", "2018-11-30"],
  "Microsoft.Network": ["2025-07-01", "2024-05-01", "2023-09-01", "2022-09-01", "2021-08-01"],
  "Microsoft.OperationalInsights": ["2025-07-01", "2023-09-01", "2022-10-01", "2020-08-01"],
  "Microsoft.Resources": ["2025-04-01", "2024-11-01", "2024-03-01", "2022-09-01", "2021-04-01"],
  "Microsoft.Storage": ["2026-04-01", "2025-06-01", "2024-01-01", "2023-05-01", "2022-09-01"],
};

/** Types whose versions are others than those of most in their namespace. */
const versionsOfType: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.Authorization/locks": ["2020-05-01", "2017-04-01", "2016-09-01"],
  "Microsoft.Authorization/permissions": ["2022-04-01", "2018-07-01", "2015-07-01"],
  "Microsoft.Authorization/providerOperations": ["2022-04-01", "2018-07-01", "2015-07-01"],
  "Microsoft.Network/privateDnsZones": ["2024-06-01", "2020-06-01", "2018-09-01"],
};

/** The API versions that provider listings name for a type; clients choose one of them to read a resource by its ID. */
export function apiVersionsOf(namespace: string, type: string): readonly string[] {
  const [top = ""] = type.split("/");
  return versionsOfType[`${namespace}/${top}`] ?? versionsOfNamespace[namespace] ?? [];
}
