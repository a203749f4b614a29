/** The type of a property, and what its value must fit, in OpenAPI's words. */
export interface Property {
  readonly type: "string" | "boolean" | "integer" | "array" | "object" | "map" | "any";
  /** Its name in the REST body, where that differs. */
  readonly wire?: string;
  /** Lies within the body's `properties`, though the program sees it at the top. */
  readonly flattened?: boolean;
  readonly required?: boolean;
  /** The service decides it: an output only. */
  readonly readOnly?: boolean;
  /** A change makes a new resource. */
  readonly immutable?: boolean;
  /** Sent but never answered: what the program gave stays. */
  readonly writeOnly?: boolean;
  readonly items?: Property;
  readonly properties?: Properties;
  /** A list of names here, a map with empty objects as values in the REST body. */
  readonly stringSet?: boolean;
  readonly pattern?: RegExp;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

export type Properties = Readonly<Record<string, Property>>;

/** How a name is made that the program leaves out. */
export type NameStrategy = "random" | "copy" | "uuid";

/** A part of the resource ID that the program states. */
export interface PathParameter {
  readonly name?: NameStrategy;
  /** May hold slashes, as a scope does. */
  readonly wholePath?: boolean;
  readonly pattern?: RegExp;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** One type of resource: everything the general code needs to know of it. */
export interface ResourceSpec {
  /** For example `azure-native:keyvault:Vault`. */
  readonly type: string;
  /** The resource ID; braces stand for a path parameter or the subscription. */
  readonly path: string;
  readonly apiVersion: string;
  readonly parameters: Readonly<Record<string, PathParameter>>;
  readonly properties: Properties;
  /**
   * Lists within the body that another resource may own, by path. Left out by the program, they are sent empty at
   * first and as they stand later.
   */
  readonly keptLists?: readonly (readonly string[])[];
  /**
   * The body of a resource that comes with its parent and stays with it: creating it takes it as it is, and deleting it
   * puts this body.
   */
  readonly defaultBody?: Readonly<Record<string, never>>;
  /** Where a deletion goes that ARM does not take. */
  readonly deletion?: "keyVaultSecret";
}

type Details = Omit<Property, "type">;

export const text = (details: Details = {}): Property => ({ type: "string", ...details });
export const flag = (details: Details = {}): Property => ({ type: "boolean", ...details });
export const integer = (details: Details = {}): Property => ({ type: "integer", ...details });
export const list = (items: Property, details: Details = {}): Property => ({ type: "array", items, ...details });
export const object = (properties: Properties, details: Details = {}): Property => ({
  type: "object",
  properties,
  ...details,
});
export const map = (details: Details = {}): Property => ({ type: "map", ...details });
/** Passed on as it is, unchecked. */
export const any = (details: Details = {}): Property => ({ type: "any", ...details });

/** The same properties, moved into the REST body's `properties`. */
export const flattened = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, { ...property, flattened: true }]));

/** What every resource answers. */
export const envelope: Properties = {
  id: text({ readOnly: true }),
  name: text({ readOnly: true }),
  type: text({ readOnly: true }),
};

export const systemData: Properties = { systemData: any({ readOnly: true }) };

/** Resources that lie in a region and carry tags. */
export const tracked: Properties = {
  location: text({ required: true, immutable: true }),
  tags: map(),
};

export const resourceGroupName: PathParameter = { minLength: 1, maxLength: 90 };
