import { readFileSync } from "node:fs";
import { join } from "node:path";

const modules = join(__dirname, "..", "..", "..", "..", "node_modules", "@pulumi");

/** What an SDK's generated class says of a type of resource. */
export interface SdkClass {
  /** What a program may state. */
  readonly inputs: readonly string[];
  /** What the state holds. */
  readonly outputs: readonly string[];
  /** Azure's API version, where the class names one. */
  readonly apiVersion: string | undefined;
}

/** @param type for example `azure-native:keyvault:Vault` */
export function sdkClass(type: string): SdkClass {
  const [name = "", module = "", member = ""] = type.split(":");
  const file = member.charAt(0).toLowerCase() + member.slice(1);
  const path = join(modules, name, module.split("/")[0]?.replace(/^index$/, "") ?? "", file);
  const code = readFileSync(`${path}.js`, "utf8");
  const found = (pattern: RegExp): string[] => [...new Set([...code.matchAll(pattern)].map(([, each = ""]) => each))];
  const stated = found(/resourceInputs\["(\w+)"\] = (?!undefined|state)/g);
  return {
    inputs: stated.sort(),
    outputs: found(/resourceInputs\["(\w+)"\] = (?:undefined \/\*out\*\/|state)/g).sort(),
    apiVersion: /Uses Azure REST API version ([\w-]+)/.exec(readFileSync(`${path}.d.ts`, "utf8"))?.[1],
  };
}

/** The version of an SDK that is installed. */
export const installedVersion = (name: string): string =>
  (JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")) as { version: string }).version;
