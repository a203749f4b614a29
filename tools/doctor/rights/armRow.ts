import { action, type Inputs, type Place, type Right } from "./right";
import { textOf, type FunctionRow, type ResourceRow, type Subject } from "./row";

interface ArmDefinition {
  /** Pulumi's token. */
  readonly type: string;
  /**
   * The resource's ID. `{group}` is the resource group in `resourceGroupName`, `{scope}` what an extension sits on, and
   * any other name an input.
   */
  readonly path: string;
  /** Outputs that programs go on from, beside the inputs, the ID and the name. */
  readonly state?: (id: string, inputs: Inputs, place: Place) => Inputs;
  /** What a write takes beside its own action: rights on what the resource is joined to. */
  readonly linked?: (subject: Subject) => readonly Right[];
  /** Comes with another resource: the provider sets it, and does not look first whether it is there. */
  readonly isAlwaysThere?: boolean;
  /** Where Azure asks for the rights, if not at the resource itself. */
  readonly askedAt?: (id: string) => string;
  /** What a delete takes in place of its own action. */
  readonly deletion?: (id: string) => readonly Right[];
}

/** A resource of Azure Resource Manager: read, written and deleted by the actions that bear its type's name. */
export function armRow(definition: ArmDefinition): ResourceRow {
  const { type, path, state, linked, askedAt = authorizedAt, deletion, isAlwaysThere = false } = definition;
  const azureType = typeOfPath(path);
  const on = (verb: string, scope: string): Right => action(`${azureType}/${verb}`, askedAt(scope));
  return {
    type,
    azureType,
    isAlwaysThere,
    made(name, inputs, place) {
      const id = filled(path, name, inputs, place);
      return { id, state: { name: id.slice(id.lastIndexOf("/") + 1), ...state?.(id, inputs, place) } };
    },
    // The provider reads what it is about to make: whether it is there already.
    read: ({ id }) => [on("read", id)],
    write: (subject) => [on("write", subject.id), ...(linked?.(subject) ?? [])],
    delete: ({ id }) => deletion?.(id) ?? [on("delete", id)],
  };
}

/** A function that reads one resource. */
export function armGetter(
  token: string,
  row: ResourceRow,
  state?: (id: string, inputs: Inputs) => Inputs,
): FunctionRow {
  return {
    token,
    answer(inputs, place) {
      const made = row.made("existing", inputs, place);
      return { id: made.id, ...made.state, ...state?.(made.id, inputs) };
    },
    read(inputs, place) {
      const { id } = row.made("existing", inputs, place);
      return row.read({ name: "existing", inputs, id });
    },
  };
}

/** An extension's right is asked for where the extension sits. */
const authorizedAt = (id: string): string => /^(.*)\/providers\/Microsoft\.Authorization\//i.exec(id)?.[1] ?? id;

/** "Microsoft.KeyVault/vaults/secrets" of a path. */
function typeOfPath(path: string): string {
  const [namespace = "", ...rest] = path.slice(path.lastIndexOf("/providers/") + "/providers/".length).split("/");
  return [namespace, ...rest.filter((_, index) => index % 2 === 0)].join("/");
}

function filled(path: string, name: string, inputs: Inputs, { subscriptionId, drawnNames = [] }: Place): string {
  return path.replace(/\{(\w+)\}/g, (_, parameter: string) => {
    if (parameter === "group") {
      return `/subscriptions/${subscriptionId}/resourceGroups/${textOf(inputs, "resourceGroupName")}`;
    }
    const given = textOf(inputs, parameter);
    if (parameter === "scope") return given.replace(/^(?!\/)/, "/").replace(/\/$/, "");
    return given === "" ? drawnName(name, drawnNames) : given;
  });
}

/** Where the program gives no name, the provider draws eight digits. The settings tell them where they repeat the name. */
const drawnName = (name: string, drawn: readonly string[]): string =>
  drawn.find((each) => each.startsWith(name) && /^[0-9a-f]{8}$/.test(each.slice(name.length))) ?? `${name}00000000`;
