import { createHash, randomBytes } from "node:crypto";
import type { CheckRequest } from "../server/packageProvider";
import type { MutableMap, Value } from "../server/values";
import type { NameStrategy, ResourceSpec } from "./spec";

/** Says, in the inputs, that the resource's name is ours, so that a replacement may come before the deletion. */
export const createBeforeDelete = "__createBeforeDelete";

/** Names what the program left unnamed. A name once given is kept. */
export function nameUnnamed(spec: ResourceSpec, request: CheckRequest, inputs: MutableMap): void {
  for (const [property, { name: strategy }] of Object.entries(spec.parameters)) {
    if (strategy === undefined || inputs[property] !== undefined) {
      continue;
    }
    const made = automaticName(property, strategy, request);
    if (made !== undefined) {
      inputs[property] = made.name;
      if (made.random) {
        inputs[createBeforeDelete] = true;
      }
    }
  }
}

function automaticName(
  property: string,
  strategy: NameStrategy,
  { olds, name, autonaming, randomSeed }: CheckRequest,
): { name: Value; random: boolean } | undefined {
  const old = olds[property];
  if (old !== undefined) {
    return { name: old, random: olds[createBeforeDelete] === true };
  }
  if (autonaming?.mode === "disable") {
    return undefined;
  }
  if (autonaming?.mode === "enforce" || (autonaming?.mode === "propose" && strategy !== "uuid")) {
    return { name: autonaming.proposedName, random: true };
  }
  const digits = seededHex(randomSeed);
  switch (strategy) {
    case "copy":
      return { name, random: false };
    case "random":
      return { name: name + digits.slice(0, 8), random: true };
    case "uuid":
      return { name: digits.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"), random: true };
  }
}

function seededHex(seed: Uint8Array): string {
  return createHash("sha256")
    .update(seed.length === 0 ? randomBytes(32) : seed)
    .digest("hex");
}
