import { textOf, type MutableMap, type PropertyMap } from "../server/values";
import type { ResourceSpec } from "./spec";

/**
 * The ARM ID that inputs make.
 * @throws where a part of it is missing
 */
export function resourceId(
  spec: Pick<ResourceSpec, "path" | "parameters">,
  inputs: PropertyMap,
  subscriptionId: string,
): string {
  return spec.path.replace(/\{(\w+)\}/g, (_brace, name: string) => {
    const value = name === "subscriptionId" ? subscriptionId : textOf(inputs[name]);
    if (value === undefined) {
      throw new Error(`expected string value for path parameter '${name}'`);
    }
    return spec.parameters[name]?.wholePath === true ? value.replace(/^\/+|\/+$/g, "") : encodeURIComponent(value);
  });
}

/**
 * The inputs that an ARM ID states.
 * @throws where the ID is not one of this type
 */
export function parseResourceId(spec: ResourceSpec, id: string): PropertyMap {
  const names: string[] = [];
  const pattern = spec.path.replace(/\{(\w+)\}/g, (_brace, name: string) => {
    names.push(name);
    return spec.parameters[name]?.wholePath === true ? "(.+?)" : "([^/]+)";
  });
  const parts = new RegExp(`^${pattern}$`, "i").exec(id);
  if (parts === null) {
    throw new Error(`'${id}' is not an ID of ${spec.type}: it should look like '${spec.path}'`);
  }
  const inputs: MutableMap = {};
  names.forEach((name, index) => {
    if (name !== "subscriptionId") {
      inputs[name] = decodeURIComponent(parts[index + 1] ?? "");
    }
  });
  return inputs;
}
