/** The type of a stack itself. */
export const stackType = "pulumi:pulumi:Stack";

/** Types that the engine needs for itself. */
export const isInternal = (type: string): boolean => type === stackType || type.startsWith("pulumi:providers:");

/** "azuread:index/application:Application" as its SDK's users know it: "azuread.Application". */
export function typeName(token: string): string {
  const [packageName = "", moduleName = "", name = ""] = token.split(":");
  const module = moduleName.split("/")[0] ?? "";
  return [packageName, module, name].filter((part) => part !== "" && part !== "index").join(".");
}

/** Whether a type's resources are in Azure: components and providers are the engine's own, other providers' are elsewhere. */
export const isInAzure = ({ type }: { readonly type: string }): boolean => /^(azuread|azure-native):/.test(type);
