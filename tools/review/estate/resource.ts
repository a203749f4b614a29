import type { ResourceType } from "../../../policy/rule/resourceTypes";
import type { Origins } from "../preview/plan";
import type { Properties } from "./properties";

/** A resource as it is before the change, or as it will be after. */
export interface Resource {
  readonly urn: string;
  /** The type's token. */
  readonly type: string;
  /** The name that the program gave it. */
  readonly name: string;
  /** Azure's ID; undefined until Azure has given one. */
  readonly id: string | undefined;
  /** URN of the component it belongs to. */
  readonly parent: string;
  readonly isProtected: boolean;
  readonly isRetained: boolean;
  readonly inputs: Properties;
  /** What Azure answered. After a change most of it is pending. */
  readonly outputs: Properties;
  /** What its inputs come from. */
  readonly origins: Origins;
  /** When the engine made it, RFC 3339; only a state tells it. */
  readonly created?: string;
}

export const isOf = (resource: Resource, ...types: readonly ResourceType[]): boolean =>
  types.some(({ pattern }) => pattern.test(resource.type));
