import { createHash } from "node:crypto";
import type { Inputs, Place, Right } from "./right";

/** A resource as the program declares it. */
export interface Subject {
  readonly name: string;
  readonly inputs: Inputs;
  readonly id: string;
}

/** A type of resource: what a provider would answer, and the rights that its operations take. */
export interface ResourceRow {
  /** Pulumi's token, for example "azure-native:keyvault:Vault". */
  readonly type: string;
  /** Azure's name for it, for example "Microsoft.KeyVault/vaults"; none for what is in Entra ID. */
  readonly azureType?: string;
  /** Comes with another resource, so that nobody looks first whether it is there. */
  readonly isAlwaysThere?: boolean;
  /** The ID and the outputs that a provider would answer, as far as programs go on from them. */
  readonly made: (name: string, inputs: Inputs, place: Place) => { readonly id: string; readonly state?: Inputs };
  readonly read: (subject: Subject) => readonly Right[];
  readonly write: (subject: Subject) => readonly Right[];
  readonly delete: (subject: Subject) => readonly Right[];
  /** What disabling it takes once it has ended, of what ends. */
  readonly expire?: (subject: Subject) => readonly Right[];
}

/** A function of a provider: what it would answer, and the rights that asking takes. */
export interface FunctionRow {
  readonly token: string;
  readonly answer: (inputs: Inputs, place: Place) => Inputs;
  readonly read: (inputs: Inputs, place: Place) => readonly Right[];
}

/** A GUID that stands for one that is not there yet: the same for the same word. */
export function guidOf(word: string): string {
  const hex = createHash("sha256").update(word).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}

/** An input as text; nothing where it is none. */
export const textOf = (inputs: Inputs, name: string): string => {
  const value = inputs[name];
  return typeof value === "string" ? value : "";
};

/** A list's objects. */
export const objectsOf = (value: unknown): readonly Inputs[] =>
  Array.isArray(value)
    ? value.filter((each): each is Inputs => typeof each === "object" && each !== null && !Array.isArray(each))
    : [];

/** An object within the inputs; an empty one where there is none. */
export const groupOf = (inputs: Inputs, name: string): Inputs => {
  const value = inputs[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Inputs) : {};
};
