/** "azuread:index/application:Application" as its SDK's users know it: "azuread.Application". */
export function typeName(token: string): string {
  const [packageName = "", moduleName = "", name = ""] = token.split(":");
  const module = moduleName.split("/")[0] ?? "";
  return [packageName, module, name].filter((part) => part !== "" && part !== "index").join(".");
}

/** The name that the program gave a resource. */
export const resourceName = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

export const stackType = "pulumi:pulumi:Stack";

/** Types that the engine needs for itself. */
export const isInternal = (type: string): boolean => type === stackType || type.startsWith("pulumi:providers:");
