import type { Change, Patch } from "./changes";
import type { Expected } from "./expected";

/** A change, by its name in the table, with what it is expected to do. */
export interface Row {
  readonly name: string;
  readonly set: Patch;
  readonly expected: Expected;
}

/** Updates that several changes can share and still be told apart. */
const shared = /^update (?:Secret|Vault|StorageAccount) /;

/**
 * Changes that can be made in one update and still be told apart: none sets what another sets, or does something to a
 * resource that another does something to. One by one, each is a group.
 */
export function groups(
  changes: Readonly<Record<string, Change>>,
  plans: Readonly<Record<string, Expected>>,
  oneByOne: boolean,
): Row[][] {
  const made: Row[][] = [];
  for (const [name, { set }] of Object.entries(changes)) {
    const row = { name, set, expected: plans[name] ?? {} };
    const group = oneByOne ? undefined : made.find((rows) => rows.every((other) => areApart(row, other)));
    if (group) group.push(row);
    else made.push([row]);
  }
  return made;
}

function areApart(one: Row, other: Row): boolean {
  if (one.expected.alone !== other.expected.alone) return false;
  const paths = Object.keys(other.set);
  const overlap = Object.keys(one.set).some((path) =>
    paths.some((each) => path.startsWith(each) || each.startsWith(path)),
  );
  return !overlap && !stepsOf(one).some((step) => meets(step, stepsOf(other)));
}

const stepsOf = ({ expected: { plan = [] } }: Row): readonly string[] => plan;

function meets(step: string, others: readonly string[]): boolean {
  const resource = step.replace(/^\w+ /, "");
  const met = others.find((each) => each.replace(/^\w+ /, "") === resource);
  return met !== undefined && !(met === step && shared.test(step));
}

/** The steps of going back. */
export const backOf = ({ plan = [], back }: Expected): readonly string[] =>
  back ?? plan.map((step) => step.replace(/^(?:create|delete) /, (op) => (op === "create " ? "delete " : "create ")));

/** The engine's steps as plans have them: components left out, a replacement in one. */
export function told(steps: readonly string[]): string[] {
  const plain = steps.flatMap((step) => {
    const [op = "", type = "", name = ""] = step.split(" ");
    if (type.startsWith("azure-daemon-access.")) return [];
    return [
      `${op.replace(/^(?:create-replacement|delete-replaced)$/, "replace")} ${type.split(".").at(-1) ?? ""} ${name}`,
    ];
  });
  return [...new Set(plain)].sort();
}
