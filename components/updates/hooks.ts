import * as pulumi from "@pulumi/pulumi";

/** Pulumi's mocks, which never update, take no hooks. */
export const takesHooks = (): boolean =>
  Reflect.has(Object(pulumi.runtime.getMonitor()) as object, "registerResourceHook");

/** The engine takes each name once in a run, so it is made as a URN is: of the types above, the type and the name. */
export function hookName(type: string, name: string, parent: pulumi.Resource | undefined): string {
  const types: string[] = [type];
  for (let above: unknown = parent; typeof above === "object" && above !== null;) {
    types.unshift(String(Reflect.get(above, "__pulumiType")));
    above = Reflect.get(above, "__parentResource");
  }
  return `${types.join("$")}::${name}`;
}
