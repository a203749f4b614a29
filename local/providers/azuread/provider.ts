import type { Connection } from "../rest/connection";
import type { MutableCounters } from "../rest/counters";
import { configuredCredentials, type DeployerCredentials } from "../rest/credentials";
import { TokenSource } from "../rest/tokenSource";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  CreateResult,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  Leftover,
  PackageProvider,
  ReadRequest,
  ReadResult,
  UpdateRequest,
} from "../server/packageProvider";
import { containsUnknown, Secret, unknown, type MutableMap, type PropertyMap, type Value } from "../server/values";
import type { Attributes } from "./attributes";
import { resourceTypeOf } from "./catalogue";
import { checkInputs } from "./checkInputs";
import { importedInputs, refreshedInputs, stateChanges, withoutUnstated } from "./comparison";
import { invokeFunction } from "./functions/invoke";
import { GraphClient, GraphError, graphScope } from "./graphClient";
import { Locks } from "./locks";
import { MissingAfterCreationError, type CreationProgress, type Directory, type ResourceType } from "./resourceType";
import { signInRule } from "./retryRules";
import { cancellation } from "../rest/cancellation";
import { OpenOutcomeError } from "../rest/openOutcome";
import { InitFailedError } from "../server/initFailedError";

export interface AzureAdOptions {
  readonly connection: Connection;
  readonly counters: MutableCounters;
  readonly deployer: DeployerCredentials;
  /** Which part of the real provider's own waits is kept. */
  readonly waitScale: number;
}

/** Stands in for the azuread provider: a schema and a few calls of Microsoft Graph for each type. */
export class AzureAdProvider implements PackageProvider {
  readonly name = "azuread";
  readonly version = "6.9.1";
  private readonly locks = new Locks();
  private cancellation = cancellation();
  private directory: Directory;

  constructor(private readonly options: AzureAdOptions) {
    this.directory = this.open(new Map());
  }

  configure(variables: ReadonlyMap<string, string>): void {
    this.cancellation = cancellation();
    this.directory = this.open(variables);
  }

  close(): void {
    this.cancellation.abort(new Error("the provider has ended"));
  }

  check({ type, name, news }: CheckRequest): Promise<CheckResult> {
    return Promise.resolve(checkInputs(resourceTypeOf(type).attributes, name, news));
  }

  async diff({ type, urn, olds, news }: DiffRequest): Promise<DiffResult> {
    const resource = resourceTypeOf(type);
    await this.plan(resource, urn, news, olds);
    return { changes: stateChanges(resource.attributes, olds, news), deleteBeforeReplace: false };
  }

  async create({ type, urn, inputs, preview }: CreateRequest): Promise<CreateResult> {
    const resource = resourceTypeOf(type);
    await this.plan(resource, urn, inputs, undefined);
    if (preview) {
      return { id: "", outputs: secretly(resource.attributes, planned(resource.attributes, inputs, {})) };
    }
    const progress: CreationProgress = {};
    try {
      const { id, state } = await resource.create(this.directoryFor(resource, "create"), inputs, progress);
      return { id, outputs: secretly(resource.attributes, withoutUnstated(resource.attributes, state, inputs)) };
    } catch (error) {
      throw unfinished(error, urn, progress, resource.attributes, inputs);
    }
  }

  async read({ type, urn, id, olds, oldInputs }: ReadRequest): Promise<ReadResult> {
    const resource = resourceTypeOf(type);
    if (resource.importable === false && Object.keys(olds).length === 0) {
      throw notImportable(urn, id);
    }
    const { attributes } = resource;
    const found = await resource.read(this.directory, id, { ...oldInputs, ...olds });
    if (found === undefined) {
      return undefined;
    }
    const inputs =
      oldInputs === undefined
        ? importedInputs(attributes, found.state)
        : refreshedInputs(attributes, oldInputs, found.state);
    const state = withoutUnstated(attributes, found.state, olds);
    return { id: found.id, inputs, outputs: secretly(attributes, state) };
  }

  async update({ type, id, olds, news, preview }: UpdateRequest): Promise<PropertyMap> {
    const resource = resourceTypeOf(type);
    const { attributes } = resource;
    // A creation that did not end well is updated even where nothing has changed. The real provider then leaves the state as it
    // is, without what only Azure knows.
    if (stateChanges(attributes, olds, news).size === 0) return secretly(attributes, olds);
    if (preview) {
      return secretly(attributes, planned(attributes, news, olds));
    }
    if (resource.update === undefined) {
      throw new Error(`${type} has no update: each of its changes replaces it`);
    }
    const { state } = await resource.update(this.directoryFor(resource, "update"), id, news, olds);
    return secretly(attributes, withoutUnstated(attributes, state, news));
  }

  async delete({ type, id, olds }: DeleteRequest): Promise<void> {
    await resourceTypeOf(type).delete(this.directory, id, olds);
  }

  invoke(token: string, args: PropertyMap): Promise<PropertyMap> {
    return invokeFunction(this.directory, token, args);
  }

  /** What a type's own findPending says; where the application or principal it lies under is gone, nothing. */
  async findPending(type: string, inputs: PropertyMap, known: ReadonlySet<string>): Promise<Leftover> {
    try {
      return await resourceTypeOf(type).findPending(this.directory, inputs, known);
    } catch (error) {
      if (error instanceof GraphError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  private async plan(
    resource: ResourceType,
    urn: string,
    inputs: PropertyMap,
    previous: PropertyMap | undefined,
  ): Promise<void> {
    try {
      await resource.plan?.(this.directory, inputs, previous);
    } catch (error) {
      throw error instanceof Error ? new Error(`diffing ${urn}: ${error.message}`, { cause: error }) : error;
    }
  }

  private directoryFor({ timeouts }: ResourceType, operation: "create" | "update"): Directory {
    const minutes = timeouts?.[operation];
    const { graph } = this.directory;
    return { ...this.directory, graph: minutes === undefined ? graph : graph.within(minutes * 60_000) };
  }

  private open(variables: ReadonlyMap<string, string>): Directory {
    const { connection, counters, deployer, waitScale } = this.options;
    const credentials = configuredCredentials(variables, process.env, deployer);
    const { signal } = this.cancellation;
    const tokens = new TokenSource(connection, credentials, counters, { rule: signInRule, waitScale });
    const graph = GraphClient.open(connection, tokens, counters, signal, waitScale);
    const callerId = async (): Promise<string> => (await graph.tokens.claims(graphScope, signal)).oid;
    return { graph, locks: this.locks, credentials, callerId };
  }
}

/**
 * The real provider has no way to import the type, and then takes the ID for one of an older form. Its state would lack
 * what Graph does not tell.
 */
const notImportable = (urn: string, id: string): Error =>
  new Error(
    `unmarshaling ${urn}'s instance state: generating new ID: ` +
      `password ID expected to be in the format {objectId}/{keyId} - but got "${id}"`,
  );

/** The failure of a creation, with what is already there. */
function unfinished(
  error: unknown,
  urn: string,
  { id, written }: CreationProgress,
  attributes: Attributes,
  inputs: PropertyMap,
): unknown {
  if (error instanceof MissingAfterCreationError) {
    return new OpenOutcomeError(new Error(`${error.message} of ${urn}`));
  }
  if (id !== undefined) {
    const known = Object.entries(planned(attributes, inputs, {})).filter(([, value]) => !containsUnknown(value));
    const reason = error instanceof Error ? error.message : String(error);
    return new InitFailedError(id, reason, inputs, secretly(attributes, Object.fromEntries<Value | undefined>(known)));
  }
  return written === true ? new OpenOutcomeError(error) : error;
}

/** The state as far as it can be told before the service is asked: what it decides stays as it was, or is unknown. */
function planned(attributes: Attributes, inputs: PropertyMap, olds: PropertyMap): MutableMap {
  const state: MutableMap = {};
  for (const [name, { computed, outputOnly }] of Object.entries(attributes)) {
    const decided = computed === true || outputOnly === true;
    state[name] = inputs[name] ?? (decided ? (olds[name] ?? unknown) : undefined);
  }
  return state;
}

/** The schema's secrets, marked for the engine. */
function secretly(attributes: Attributes, state: PropertyMap): PropertyMap {
  const marked = Object.entries(state).map(([name, value]) => {
    const hide = attributes[name]?.secret === true && value !== undefined && !(value instanceof Secret);
    return [name, hide ? new Secret(value) : value];
  });
  return Object.fromEntries(marked) as PropertyMap;
}
