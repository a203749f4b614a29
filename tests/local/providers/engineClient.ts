import { credentials, type ServiceError } from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";

type Json = Readonly<Record<string, unknown>>;
type Callback<Response> = (error: ServiceError | null, response: Response) => void;

export interface DetailedDiff {
  readonly changes: "none" | "some" | "unknown";
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** By path, in the engine's words, for example UPDATE_REPLACE. */
  readonly detailed: Readonly<Record<string, string>>;
}

/** Speaks to a provider as the engine does. */
export class EngineClient {
  readonly raw: ResourceProviderClient;

  constructor(port: number) {
    this.raw = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  /** One of the providers that a list for PULUMI_DEBUG_PROVIDERS names. */
  static of(debugProviders: string, name: string): EngineClient {
    const port = debugProviders
      .split(",")
      .find((entry) => entry.startsWith(`${name}:`))
      ?.split(":")[1];
    return new EngineClient(Number(port));
  }

  async check(
    type: string,
    name: string,
    news: Json,
    { olds = {}, seed = "" }: { readonly olds?: Json; readonly seed?: string } = {},
  ): Promise<{ inputs: Json; failures: string[] }> {
    const request = new proto.CheckRequest()
      .setUrn(urn(type, name))
      .setOlds(struct(olds))
      .setNews(struct(news))
      .setRandomseed(Buffer.from(seed));
    const response = await call<proto.CheckResponse>((done) => this.raw.check(request, done));
    return {
      inputs: plain(response.getInputs()),
      failures: response.getFailuresList().map((failure) => failure.getReason()),
    };
  }

  async diff(type: string, name: string, olds: { inputs: Json; outputs: Json }, news: Json): Promise<DetailedDiff> {
    const request = new proto.DiffRequest()
      .setUrn(urn(type, name))
      .setId("id")
      .setOldInputs(struct(olds.inputs))
      .setOlds(struct(olds.outputs))
      .setNews(struct(news));
    const response = await call<proto.DiffResponse>((done) => this.raw.diff(request, done));
    const detailed: Record<string, string> = {};
    response.getDetaileddiffMap().forEach((change, path) => {
      detailed[path] = nameOf(proto.PropertyDiff.Kind, change.getKind());
    });
    return {
      changes: changesOf[response.getChanges()],
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
      detailed,
    };
  }

  async create(type: string, name: string, inputs: Json, preview = false): Promise<{ id: string; outputs: Json }> {
    const request = new proto.CreateRequest().setUrn(urn(type, name)).setProperties(struct(inputs)).setPreview(preview);
    const response = await call<proto.CreateResponse>((done) => this.raw.create(request, done));
    return { id: response.getId(), outputs: plain(response.getProperties()) };
  }

  /** Without old inputs, the read of an import. */
  async read(
    type: string,
    id: string,
    olds: { inputs?: Json; outputs?: Json } = {},
  ): Promise<{ id: string; inputs: Json; outputs: Json }> {
    const request = new proto.ReadRequest()
      .setUrn(urn(type, "read"))
      .setId(id)
      .setInputs(struct(olds.inputs ?? {}))
      .setProperties(struct(olds.outputs ?? {}));
    const response = await call<proto.ReadResponse>((done) => this.raw.read(request, done));
    return {
      id: response.getId(),
      inputs: plain(response.getInputs()),
      outputs: plain(response.getProperties()),
    };
  }

  async update(
    type: string,
    id: string,
    olds: { inputs: Json; outputs: Json },
    news: Json,
    preview = false,
  ): Promise<Json> {
    const request = new proto.UpdateRequest()
      .setUrn(urn(type, "update"))
      .setId(id)
      .setOldInputs(struct(olds.inputs))
      .setOlds(struct(olds.outputs))
      .setNews(struct(news))
      .setPreview(preview);
    const response = await call<proto.UpdateResponse>((done) => this.raw.update(request, done));
    return plain(response.getProperties());
  }

  async delete(type: string, id: string, olds: { inputs: Json; outputs: Json }): Promise<void> {
    const request = new proto.DeleteRequest()
      .setUrn(urn(type, "delete"))
      .setId(id)
      .setOldInputs(struct(olds.inputs))
      .setProperties(struct(olds.outputs));
    await call((done) => this.raw.delete(request, done));
  }

  async invoke(token: string, args: Json = {}): Promise<Json> {
    const request = new proto.InvokeRequest().setTok(token).setArgs(struct(args));
    const response = await call<proto.InvokeResponse>((done) => this.raw.invoke(request, done));
    return plain(response.getReturn());
  }

  async configure(packageName: string, variables: Readonly<Record<string, string>>): Promise<proto.ConfigureResponse> {
    const request = new proto.ConfigureRequest();
    for (const [name, value] of Object.entries(variables)) {
      request.getVariablesMap().set(`${packageName}:config:${name}`, value);
    }
    return call<proto.ConfigureResponse>((done) => this.raw.configure(request, done));
  }

  close(): void {
    this.raw.close();
  }
}

/** A promise of one gRPC call. */
export function call<Response>(start: (done: Callback<Response>) => unknown): Promise<Response> {
  return new Promise((resolve, reject) => {
    start((error, response) => {
      if (error === null) {
        resolve(response);
      } else {
        reject(error);
      }
    });
  });
}

const changesOf = { 0: "unknown", 1: "none", 2: "some" } as const;
const urn = (type: string, name: string): string => `urn:pulumi:dev::project::component:index:Any$${type}::${name}`;
const struct = (value: Json): Struct => Struct.fromJavaScript(value as Record<string, never>);
const plain = (value: Struct | undefined): Json => value?.toJavaScript() ?? {};

function nameOf(kinds: Readonly<Record<string, string | number>>, kind: number): string {
  return Object.entries(kinds).find(([, value]) => value === kind)?.[0] ?? String(kind);
}
