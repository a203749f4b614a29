import type { OperationKind } from "./operationLog";

export interface OpWords {
  /** "create" */
  readonly verb: string;
  /** "created" */
  readonly done: string;
  /** "creating" */
  readonly doing: string;
  readonly mark: string;
  readonly color: "green" | "yellow" | "red" | "magenta" | "dim";
}

const words: Readonly<Record<string, OpWords>> = {
  create: { verb: "create", done: "created", doing: "creating", mark: "+", color: "green" },
  "create-replacement": { verb: "replace", done: "replaced", doing: "replacing", mark: "±", color: "magenta" },
  update: { verb: "update", done: "updated", doing: "updating", mark: "~", color: "yellow" },
  delete: { verb: "delete", done: "deleted", doing: "deleting", mark: "-", color: "red" },
  "delete-replaced": {
    verb: "delete the replaced",
    done: "deleted the replaced",
    doing: "deleting the replaced",
    mark: "-",
    color: "red",
  },
  retain: { verb: "leave in Azure", done: "left in Azure", doing: "leaving in Azure", mark: " ", color: "yellow" },
  same: { verb: "keep", done: "unchanged", doing: "checking", mark: " ", color: "dim" },
  refresh: { verb: "read", done: "read", doing: "reading", mark: " ", color: "dim" },
  read: { verb: "read", done: "read", doing: "reading", mark: ">", color: "dim" },
  "read-replacement": { verb: "read", done: "read", doing: "reading", mark: ">", color: "dim" },
  import: { verb: "import", done: "imported", doing: "importing", mark: "=", color: "green" },
};

/** What a refresh finds. */
const found: Readonly<Record<string, OpWords>> = {
  update: { verb: "drifted", done: "drifted", doing: "reading", mark: "~", color: "yellow" },
  delete: { verb: "gone", done: "gone", doing: "reading", mark: "-", color: "red" },
};

/** How a step of the engine is told, in an operation of a kind. */
export function opWords(op: string, kind: OperationKind): OpWords {
  return (
    (kind === "refresh" ? found[op] : undefined) ??
    words[op] ?? { verb: op, done: op, doing: op, mark: "·", color: "dim" }
  );
}
