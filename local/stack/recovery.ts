import { resourceName, typeName } from "../output/names";
import type { DrivenStack } from "./drivenStack";
import { readStackState, type PendingOperation } from "./stateFile";

/** Finds what an interrupted creation left in Azure: its ID, or undefined where there is nothing to take over. */
export type FindPending = (type: string, inputs: Readonly<Record<string, unknown>>) => Promise<string | undefined>;

/**
 * Settles the creations that a killed engine began and did not see the end of. What has come into being is taken into
 * the state, what has not is forgotten; the next update then makes the rest. Other pending operations need nothing: the
 * next update repeats them.
 *
 * @param tell hears one line for each
 */
export async function settlePending(
  { stack, stateFile, extraArguments }: DrivenStack,
  findPending: FindPending,
  tell: (line: string) => void,
): Promise<void> {
  const { pending, stackUrn } = readStackState(stateFile);
  const creations = pending.filter(({ type }) => type === "creating");
  if (creations.length === 0 || stackUrn === undefined) {
    return;
  }
  const found: string[] = [];
  const imports: string[] = [];
  for (const creation of creations) {
    const id = await findPending(creation.resourceType, creation.inputs);
    tell(sentence(creation, id));
    if (id !== undefined) {
      found.push(creation.urn);
      imports.push("--import-pending-creates", creation.urn, "--import-pending-creates", id);
    }
  }
  const before = extraArguments.length;
  extraArguments.push(...imports);
  // The stack itself has nothing to refresh: naming it keeps every other resource out of this.
  await stack.refresh({ target: [stackUrn, ...found], clearPendingCreates: true });
  extraArguments.length = before;
}

function sentence({ resourceType, urn }: PendingOperation, id: string | undefined): string {
  const resource = `${typeName(resourceType)} ${resourceName(urn)}`;
  return id === undefined
    ? `An interrupted run had begun to create ${resource}; it did not come into being.`
    : `An interrupted run had created ${resource}: taking it over (${id}).`;
}
