import { InitFailedError } from "../server/initFailedError";
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
import { isMap, requiredText, textOf, type MutableMap, type PropertyMap } from "../server/values";
import { UnfinishedError } from "./armClient";
import { checkInputs } from "./checkInputs";
import { toBody, toInputs, toOutputs, withoutEmpty } from "./conversion";
import { invokeFunction } from "./functions";
import { withKeptLists } from "./keptLists";
import { createBeforeDelete, nameUnnamed } from "./naming";
import { contradicts, inputChanges } from "./objectDiff";
import { previewOutputs } from "./previewOutputs";
import { refreshedInputs } from "./refreshedInputs";
import { parseResourceId, resourceId } from "./resourceId";
import { specOf } from "./resources/catalogue";
import { secret } from "./resources/secret";
import { openSession, type Session, type SessionOptions } from "./session";
import type { ResourceSpec } from "./spec";
import { cancellation } from "../rest/cancellation";

/** Stands in for the azure-native provider: ARM bodies in, ARM bodies out, driven by a spec for each type. */
export class AzureNativeProvider implements PackageProvider {
  readonly name = "azure-native";
  readonly version = "3.28.0";
  private cancellation = cancellation();
  private session: Session;

  constructor(private readonly options: SessionOptions) {
    this.session = openSession(options, new Map(), this.cancellation.signal);
  }

  configure(variables: ReadonlyMap<string, string>): void {
    this.cancellation = cancellation();
    this.session = openSession(this.options, variables, this.cancellation.signal);
  }

  close(): void {
    this.cancellation.abort(new Error("the provider has ended"));
  }

  async check(request: CheckRequest): Promise<CheckResult> {
    const spec = specOf(request.type);
    const inputs: MutableMap = { ...request.news };
    nameUnnamed(spec, request, inputs);
    if (inputs["location"] === undefined && statesLocation(spec)) {
      const location = await this.defaultLocation(request.olds, inputs);
      if (location !== undefined) {
        inputs["location"] = location;
      }
    }
    inputs["azureApiVersion"] ??= spec.apiVersion;
    return { inputs, failures: checkInputs(spec, inputs) };
  }

  diff({ type, oldInputs, olds, news }: DiffRequest): Promise<DiffResult> {
    // An import reads no API version back among the inputs: the outputs say which one it was.
    const { azureApiVersion } = olds;
    const changes = inputChanges(specOf(type), { ...(azureApiVersion && { azureApiVersion }), ...oldInputs }, news);
    for (const [path, { kind }] of changes) {
      // The program now states what the service had decided: that is the resource as it stands.
      if (kind === "add" && news[path] !== undefined && news[path] === olds[path]) {
        changes.set(path, { kind, replaces: false });
      }
    }
    return Promise.resolve({ changes, deleteBeforeReplace: oldInputs[createBeforeDelete] !== true });
  }

  async create({ type, inputs, preview }: CreateRequest): Promise<CreateResult> {
    const spec = specOf(type);
    if (preview) {
      return { id: "", outputs: previewOutputs(spec, inputs) };
    }
    const { arm, signal, subscriptionId } = this.session;
    const id = resourceId(spec, inputs, subscriptionId);
    if (spec.defaultBody === undefined) {
      await arm.assertAbsent(id, spec.apiVersion, signal);
    }
    return this.put(spec, id, inputs, withKeptLists(spec, inputs, toBody(spec, inputs)));
  }

  async read({ type, id, olds, oldInputs }: ReadRequest): Promise<ReadResult> {
    const spec = specOf(type);
    const body = await this.session.arm.get(id, spec.apiVersion, this.session.signal);
    if (body === undefined) {
      return undefined;
    }
    const outputs = toOutputs(spec, body as PropertyMap);
    if (oldInputs === undefined) {
      const inputs = { ...parseResourceId(spec, id), ...toInputs(spec.properties, outputs) };
      return { id, outputs, inputs: withoutEmpty(inputs) };
    }
    const before = toInputs(spec.properties, olds);
    const now = toInputs(spec.properties, outputs);
    // Lists that the program leaves to others are no drift.
    const kept = (found: PropertyMap): PropertyMap => withKeptLists(spec, oldInputs, found);
    return { id, outputs, inputs: refreshedInputs(oldInputs, kept(before), kept(now)) };
  }

  async update({ type, id, olds, news, preview }: UpdateRequest): Promise<PropertyMap> {
    const spec = specOf(type);
    if (preview) {
      const { name, location } = olds;
      return { ...previewOutputs(spec, news), ...(name && { name }), ...(location && { location }) };
    }
    const { arm, signal } = this.session;
    const present = spec.keptLists === undefined ? undefined : await arm.get(id, spec.apiVersion, signal);
    const body = withKeptLists(spec, news, toBody(spec, news), present as PropertyMap | undefined);
    return (await this.put(spec, id, news, body, olds)).outputs;
  }

  async delete({ type, id, oldInputs }: DeleteRequest): Promise<void> {
    const spec = specOf(type);
    const { arm, vaults, signal } = this.session;
    if (spec.deletion === "keyVaultSecret") {
      const names = { ...parseResourceId(spec, id), ...oldInputs };
      return vaults.deleteSecret(requiredText(names, "vaultName"), requiredText(names, "secretName"), signal);
    }
    if (spec.defaultBody !== undefined) {
      await arm.reset(id, spec.apiVersion, spec.defaultBody, signal);
      return;
    }
    return arm.delete(id, spec.apiVersion, signal);
  }

  invoke(token: string, args: PropertyMap): Promise<PropertyMap> {
    return invokeFunction(this.session, token, args);
  }

  /** What inputs of an unfinished create have made. */
  async findPending(type: string, inputs: PropertyMap, known: ReadonlySet<string>): Promise<Leftover> {
    const spec = specOf(type);
    const { arm, signal, subscriptionId } = this.session;
    const id = resourceId(spec, inputs, subscriptionId);
    const body = await arm.settled(id, spec.apiVersion, signal);
    if (body === undefined || contradicts(inputs, toOutputs(spec, body as PropertyMap))) {
      return undefined;
    }
    const canonical = typeof body["id"] === "string" ? body["id"] : id;
    return known.has(canonical) ? undefined : { id: canonical };
  }

  /** Writes, and reads back: the answer to a PUT may lack what later reads have, which would look like drift. */
  private async put(
    spec: ResourceSpec,
    id: string,
    inputs: PropertyMap,
    body: MutableMap,
    olds: PropertyMap = {},
  ): Promise<CreateResult> {
    const { arm, signal } = this.session;
    try {
      const done = spec.type === secret.type ? await this.doneWrite(spec, id, inputs, body, olds) : undefined;
      const written = done ?? (await arm.put(id, spec.apiVersion, body, signal));
      const canonical = typeof written["id"] === "string" ? written["id"] : id;
      const found = await arm.get(canonical, spec.apiVersion, signal).catch(() => undefined);
      return { id: canonical, outputs: toOutputs(spec, (found ?? written) as PropertyMap) };
    } catch (error) {
      if (!(error instanceof UnfinishedError)) {
        throw error;
      }
      const left = await arm.get(id, spec.apiVersion, signal).catch(() => undefined);
      throw new InitFailedError(
        id,
        error.message,
        inputs,
        left === undefined ? {} : toOutputs(spec, left as PropertyMap),
      );
    }
  }

  /** A secret as an interrupted run has written it: the same write again would make the same version again. */
  private async doneWrite(
    spec: ResourceSpec,
    id: string,
    inputs: PropertyMap,
    body: MutableMap,
    olds: PropertyMap,
  ): Promise<Record<string, unknown> | undefined> {
    const { secretWrites: writes } = this.options;
    const before = writes?.begun(id, body);
    if (before === undefined) {
      writes?.begin(id, body, versionOf(olds));
      return undefined;
    }
    const present = await this.session.arm.get(id, spec.apiVersion, this.session.signal);
    const outputs = toOutputs(spec, (present ?? {}) as PropertyMap);
    if (present === undefined || versionOf(outputs) === before || contradicts(inputs, outputs)) return undefined;
    writes?.tell(`An interrupted run wrote ${textOf(outputs["name"]) ?? id} to the vault. Keeping that version.`);
    return present;
  }

  /** The location the resource had, else the provider's, else its resource group's. */
  private async defaultLocation(olds: PropertyMap, inputs: PropertyMap): Promise<PropertyMap[string]> {
    const stated = olds["location"] ?? this.session.location;
    const group = inputs["resourceGroupName"];
    if (stated !== undefined || typeof group !== "string") {
      // A group that is not known yet has a location that is not known yet.
      return stated ?? group;
    }
    const { arm, subscriptionId, signal } = this.session;
    const found = await arm
      .get(`/subscriptions/${subscriptionId}/resourceGroups/${group}`, "2020-10-01", signal)
      .catch(() => undefined);
    return textOf(found?.["location"] as string | undefined);
  }
}

/** URI of a secret's newest version. */
function versionOf({ properties }: PropertyMap): string {
  const uri = isMap(properties) ? properties["secretUriWithVersion"] : undefined;
  return typeof uri === "string" ? uri : "";
}

function statesLocation({ properties: { location } }: ResourceSpec): boolean {
  return location !== undefined && location.readOnly !== true;
}
