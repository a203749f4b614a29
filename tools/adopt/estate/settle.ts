import { z } from "zod";
import { isKnown } from "./inputs";

/** What `pulumi stack export` prints, as far as it is looked at. */
const exported = z.looseObject({
  deployment: z.looseObject({
    resources: z
      .array(
        z.looseObject({
          urn: z.string(),
          type: z.string(),
          custom: z.boolean().exactOptional(),
          inputs: z.record(z.string(), z.unknown()).exactOptional(),
        }),
      )
      .default([]),
  }),
});
export type ExportedStack = z.infer<typeof exported>;
type Inputs = Readonly<Record<string, unknown>>;

/** A resource that a preview would change, with the inputs that the program has for it. */
export interface Changed {
  readonly urn: string;
  readonly inputs: Inputs;
}

export interface Settled {
  readonly stack: ExportedStack;
  /** URNs of the resources whose inputs were rewritten. */
  readonly urns: readonly string[];
}

/**
 * Rewrites what an import read into a stack to the program's words, where both mean the same. An import takes every
 * property that Azure tells for one that the program states: what Azure set by itself would be taken back, and another
 * spelling would replace a resource. What differs in earnest stays, and shows in the next preview.
 */
export function settle(stackExport: unknown, changes: readonly Changed[]): Settled {
  const stack = exported.parse(stackExport);
  const stated = new Map(changes.map(({ urn, inputs }) => [urn, inputs]));
  const urns: string[] = [];
  const resources = stack.deployment.resources.map((resource) => {
    const program = stated.get(resource.urn);
    if (!program || !resource.inputs || !resource.type.startsWith("azure-native:")) return resource;
    const inputs = inTheProgramsWords(resource.inputs, program) as Record<string, unknown>;
    if (JSON.stringify(inputs) === JSON.stringify(resource.inputs)) return resource;
    urns.push(resource.urn);
    return { ...resource, inputs };
  });
  return { stack: { ...stack, deployment: { ...stack.deployment, resources } }, urns };
}

function inTheProgramsWords(read: unknown, stated: unknown): unknown {
  if (isGroup(read) && isGroup(stated)) {
    const kept = Object.entries(read).flatMap(([name, value]) => {
      if (name in stated) return [[name, inTheProgramsWords(value, stated[name])]];
      return isServiceDefault(name, value) ? [] : [[name, value]];
    });
    // An import leaves out what is empty.
    const empty = Object.entries(stated).filter(([name, value]) => !(name in read) && isEmpty(value));
    return Object.fromEntries([...kept, ...empty]) as unknown;
  }
  if (Array.isArray(read) && Array.isArray(stated) && read.length === stated.length) {
    return read.map((value, index) => inTheProgramsWords(value, stated[index]));
  }
  return isSameText(read, stated) ? stated : read;
}

/** Azure's names don't mind capitals, and the provider reads a scope without its first slash. */
function isSameText(read: unknown, stated: unknown): boolean {
  if (!isKnown(read) || !isKnown(stated)) return false;
  return [read, `/${read}`].some((text) => text.toLowerCase() === stated.toLowerCase());
}

/** Texts that Azure sets where nothing was asked for. */
const defaultTexts: Readonly<Record<string, string>> = {
  accessTier: "Hot",
  defaultEncryptionScope: "$account-encryption-key",
  publicNetworkAccess: "Enabled",
};

/** What Azure sets by itself. Anything else that the program doesn't state was chosen by somebody. */
function isServiceDefault(name: string, value: unknown): boolean {
  if (value === false || value === null || value === "" || defaultTexts[name] === value) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (!isGroup(value)) return false;
  return Object.keys(value).length === 0 || (name === "encryption" && isMicrosoftsKeys(value));
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isGroup(value) && Object.values(value).every(isEmpty);
}

/** Encryption with keys that Microsoft holds, and no other choice. */
const isMicrosoftsKeys = ({ keySource, services, ...rest }: Inputs): boolean =>
  keySource === "Microsoft.Storage" &&
  Object.values(rest).every((value) => value === false) &&
  Object.values(isGroup(services) ? services : {}).every((each) => isGroup(each) && each["keyType"] === "Account");

const isGroup = (value: unknown): value is Inputs =>
  typeof value === "object" && value !== null && !Array.isArray(value);
