import { nameInUrn, typesInUrn } from "../../engine/urns";
import { type Entry, type ImportFile, type Planned, programName } from "./importFile";

/**
 * Gives the parents that the stack has already names of their own. The engine names them as the program does, also where
 * something else in its document has that name; its import would then take the one for the other.
 */
export function distinctParents(file: ImportFile, planned: readonly Planned[]): ImportFile {
  const { nameTable = {}, resources } = file;
  const taken = new Set(resources.map(({ name }) => name));
  const renamed = Object.entries(nameTable).map(([name, urn]) => {
    const distinct = taken.has(name) ? unused(`${name}${typeOf(urn)}`, taken) : name;
    taken.add(distinct);
    return { name, urn, distinct };
  });
  const children = new Set(planned.map(({ urn }) => parentedType(urn)));
  return {
    ...file,
    ...(file.nameTable && { nameTable: Object.fromEntries(renamed.map(({ distinct, urn }) => [distinct, urn])) }),
    resources: resources.map((entry) => {
      const parent = renamed.find(({ name, urn }) => name === entry.parent && children.has(childOf(urn, entry)));
      return parent ? { ...entry, parent: parent.distinct } : entry;
    }),
  };
}

/** For example `CredentialVault`. */
const typeOf = (urn: string): string => typesInUrn(urn).split(/[:$]/).pop() ?? "";

/** What is left of a URN without the stack and the project. */
const parentedType = (urn: string): string => `${typesInUrn(urn)}::${nameInUrn(urn)}`;

const childOf = (parent: string, entry: Entry): string => `${typesInUrn(parent)}$${entry.type}::${programName(entry)}`;

function unused(name: string, taken: ReadonlySet<string>): string {
  let candidate = name;
  for (let counter = 2; taken.has(candidate); counter += 1) candidate = `${name}${counter}`;
  return candidate;
}
