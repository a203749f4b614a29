/** The parts of a URN, `urn:pulumi:<stack>::<project>::<types, outermost first, between dollar signs>::<name>`. */

/** The name that the program gave a resource, which may have "::" in it. */
export const nameInUrn = (urn: string): string => urn.split("::").slice(3).join("::");

/** A resource's type after those of its parents, between dollar signs. */
export const typesInUrn = (urn: string): string => urn.split("::")[2] ?? "";

/** A resource's own type, as "azuread:index/application:Application". */
export const typeInUrn = (urn: string): string => typesInUrn(urn).split("$").pop() ?? "";
