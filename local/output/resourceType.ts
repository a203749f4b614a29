import { isInternal, typeName } from "../../tools/engine/types";
import { typeInUrn } from "../../tools/engine/urns";

/** The type of the resource that something is about; undefined where that is the stack or the engine's own. */
export function resourceType(urn: string): string | undefined {
  const token = typeInUrn(urn);
  return token === "" || isInternal(token) ? undefined : typeName(token);
}
