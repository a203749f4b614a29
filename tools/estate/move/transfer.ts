import { CommandError } from "../../cli/failure";
import { nameInUrn } from "../../engine/urns";
import { knownRoot, resourcesOf, resourcesOfDaemon, type StackState, type StateResource, withResources } from "./state";

/** A stack by its name, with its state. */
export interface NamedState {
  readonly stack: string;
  readonly state: StackState;
}

/** The state of a destination that does not have the daemon, with its resources, protected. The source's stays as it is. */
export function withDaemonOf(source: NamedState, destination: NamedState, daemon: string): StackState {
  const { state } = destination;
  const own = resourcesOfDaemon(source.state, daemon);
  const translated = translation(source, destination);
  const known = new Map(resourcesOf(state).map((each) => [each.urn, each]));
  const used = new Set(own.flatMap(({ provider }) => provider ?? []));
  const providers = resourcesOf(source.state).filter((each) => used.has(referenceTo(each)));
  const copies = providers
    .map((each) => translated(each) as StateResource)
    .filter(({ urn }) => !known.has(urn))
    .map((each) => ({ ...each, parent: knownRoot(state, destination.stack).urn }));
  const references = new Map(
    providers.map((each) => {
      const copy = translated(each) as StateResource;
      return [referenceTo(copy), referenceTo(known.get(copy.urn) ?? copy)];
    }),
  );
  const there = new Set(own.map(({ urn }) => String(translated(urn))));
  const moved = own.map((each) => {
    const copy = onlyAmong(translated(each) as StateResource, there);
    return {
      ...copy,
      protect: true,
      ...(copy.provider !== undefined && { provider: references.get(copy.provider) ?? copy.provider }),
    };
  });
  return withOutputs(withResources(state, [...resourcesOf(state), ...copies, ...moved]), source, destination, daemon);
}

/** The state without the daemon's resources and outputs. */
export function withoutDaemon({ stack, state }: NamedState, daemon: string): StackState {
  const gone = new Set(resourcesOfDaemon(state, daemon).map(({ urn }) => urn));
  const rest = resourcesOf(state).filter(({ urn }) => !gone.has(urn));
  const root = knownRoot(state, stack);
  const outputs = { ...root.outputs };
  for (const name of Object.keys(outputs)) if (name.startsWith(`${daemon}.`)) Reflect.deleteProperty(outputs, name);
  const daemons = listIn(outputs).filter((each) => each !== daemon);
  const left = { ...root, outputs: { ...outputs, ...(outputs["daemons"] !== undefined && { daemons }) } };
  return withResources(
    state,
    rest.map((each) => (each === root ? left : each)),
  );
}

/** The state with the daemon's resources protected, which the engine then refuses to delete, or not. */
export function protectedDaemon(state: StackState, daemon: string, isProtected: (urn: string) => boolean): StackState {
  const own = new Set(resourcesOfDaemon(state, daemon));
  return withResources(
    state,
    resourcesOf(state).map((each) => (own.has(each) ? { ...each, protect: isProtected(each.urn) } : each)),
  );
}

/** @throws CommandError where a resource that stays needs one that goes, or an operation is unfinished */
export function refuseTangled({ stack, state }: NamedState, daemon: string): void {
  if ((state.deployment.pending_operations ?? []).length > 0) {
    throw new CommandError(`${stack} has unfinished operations.`, `finish them: pulumi up --stack ${stack}`);
  }
  const own = resourcesOfDaemon(state, daemon);
  const going = new Set(own.map(({ urn }) => urn));
  const needing = resourcesOf(state).filter(
    (each) => !going.has(each.urn) && dependenciesOf(each).some((urn) => going.has(urn)),
  );
  if (needing.length === 0) return;
  throw new CommandError(
    `What stays in ${stack} depends on ${daemon}: ${needing.map((each) => `${each.type} ${nameInUrn(each.urn)}`).join(", ")}.`,
    "remove from the settings what stays and names this daemon, such as its directory in Data Lake Storage Gen1, deploy, and move then",
  );
}

/** @throws CommandError where the daemon has changed in the source since it was copied */
export function refuseOldCopy(source: NamedState, destination: NamedState, daemon: string): void {
  if (resourcesOfDaemon(source.state, daemon).length === 0) return;
  const anew = withDaemonOf(source, { ...destination, state: withoutDaemon(destination, daemon) }, daemon);
  const [wanted, held] = [anew, destination.state].map((state) =>
    JSON.stringify(resourcesOfDaemon(state, daemon).map(contentOf)),
  );
  if (wanted === held) return;
  throw new CommandError(`${source.stack} was deployed during the move, which has changed ${daemon} there.`);
}

const contentOf = ({ urn, id, inputs, outputs }: StateResource): unknown => ({ urn, id, inputs, outputs });

function dependenciesOf(each: StateResource): string[] {
  const { dependencies = [], propertyDependencies = {}, deletedWith, replaceWith = [] } = each;
  const ofProperties = Object.values(propertyDependencies).flatMap((urns) => urns ?? []);
  return [...dependencies, ...ofProperties, ...replaceWith, ...(deletedWith === undefined ? [] : [deletedWith])];
}

const referenceTo = ({ urn, id }: StateResource): string => `${urn}::${typeof id === "string" ? id : ""}`;

/** The same value with URNs of the other stack, wherever they stand. */
function translation(source: NamedState, destination: NamedState): (value: unknown) => unknown {
  const from = knownRoot(source.state, source.stack).urn;
  const to = knownRoot(destination.state, destination.stack).urn;
  const [prefix, ownPrefix] = [from, to].map((urn) => urn.slice(0, urn.indexOf("::", urn.indexOf("::") + 2) + 2));
  const translated = (value: unknown): unknown => {
    if (typeof value === "string") {
      if (value === from) return to;
      return value.startsWith(prefix ?? from) ? `${ownPrefix ?? to}${value.slice((prefix ?? from).length)}` : value;
    }
    if (Array.isArray(value)) return value.map(translated);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, translated(each)]));
  };
  return translated;
}

/** Without a dependency on what stays behind. */
function onlyAmong(each: StateResource, there: ReadonlySet<string>): StateResource {
  const { dependencies = [], propertyDependencies = {}, deletedWith, replaceWith = [], ...rest } = each;
  const kept = (urns: readonly string[] | null): string[] => (urns ?? []).filter((urn) => there.has(urn));
  return {
    ...rest,
    dependencies: kept(dependencies),
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([key, urns]) => [key, kept(urns)]),
    ),
    ...(deletedWith !== undefined && there.has(deletedWith) && { deletedWith }),
    ...(replaceWith.length > 0 && { replaceWith: kept(replaceWith) }),
  };
}

/** Readers of the destination's outputs find the daemon at once. */
function withOutputs(state: StackState, source: NamedState, destination: NamedState, daemon: string): StackState {
  const given = knownRoot(source.state, source.stack).outputs ?? {};
  const own = Object.entries(given).filter(([name]) => name.startsWith(`${daemon}.`));
  const root = knownRoot(state, destination.stack);
  const outputs = root.outputs ?? {};
  const daemons = [...listIn(outputs).filter((each) => each !== daemon), daemon];
  const told = { ...root, outputs: { ...outputs, ...Object.fromEntries(own), ...(own.length > 0 && { daemons }) } };
  return withResources(
    state,
    resourcesOf(state).map((each) => (each === root ? told : each)),
  );
}

const listIn = ({ daemons }: Readonly<Record<string, unknown>>): unknown[] => (Array.isArray(daemons) ? daemons : []);
