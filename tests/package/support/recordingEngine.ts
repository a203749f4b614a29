import {
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engine from "@pulumi/pulumi/proto/engine_pb";
import * as providers from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as resources from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Mocks } from "../../support/mocks";
import { opened, withoutUnknowns } from "./wire";

type Properties = Readonly<Record<string, unknown>>;

/** One resource as it came to the engine. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  /** As on the wire, with Pulumi's marks of secrets and outputs. */
  readonly inputs: Properties;
}

/** An engine that records what is registered with it and answers in Azure's place. */
export interface RecordingEngine {
  readonly address: string;
  readonly registered: readonly Registered[];
  /** What was logged to the user as an error. */
  readonly errors: readonly string[];
  forget(): void;
  stop(): void;
}

export const urnOf = (type: string, name: string): string => `urn:pulumi:test::consumer::${type}::${name}`;

/** Serves both of the engine's services, the monitor and the log, on a free port of 127.0.0.1. */
export async function startRecordingEngine(mocks: Mocks): Promise<RecordingEngine> {
  const registered: Registered[] = [];
  const errors: string[] = [];
  const server = new Server();
  server.addService(ResourceMonitorService, monitor(mocks, registered));
  server.addService(EngineService, {
    log: unary((request: engine.LogRequest) => {
      if (request.getSeverity() === engine.LogSeverity.ERROR) errors.push(request.getMessage());
      return new Empty();
    }),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    registered,
    errors,
    forget: () => void registered.splice(0),
    stop: () => server.forceShutdown(),
  };
}

function monitor(mocks: Mocks, registered: Registered[]): UntypedServiceImplementation {
  return {
    supportsFeature: unary(() => new resources.SupportsFeatureResponse().setHassupport(true)),
    registerResource: unary((request: resources.RegisterResourceRequest) => {
      const [type, name] = [request.getType(), request.getName()];
      const inputs = (request.getObject()?.toJavaScript() ?? {}) as Properties;
      registered.push({ type, name, parent: request.getParent().split("::").at(-1) ?? "", inputs });
      const { id, state } = request.getCustom()
        ? known(mocks.resources, type)(name, read(inputs))
        : { id: "", state: {} };
      return new resources.RegisterResourceResponse()
        .setUrn(urnOf(type, name))
        .setId(id)
        .setObject(struct({ ...opened(inputs), ...state }));
    }),
    registerResourceOutputs: unary(() => new Empty()),
    registerResourceHook: unary(() => new Empty()),
    readResource: unary((request: resources.ReadResourceRequest) => {
      const { state } = known(mocks.resources, request.getType())(request.getName(), {});
      return new resources.ReadResourceResponse()
        .setUrn(urnOf(request.getType(), request.getName()))
        .setProperties(struct({ ...opened(request.getProperties()?.toJavaScript() ?? {}), ...state }));
    }),
    invoke: unary((request: resources.ResourceInvokeRequest) =>
      new providers.InvokeResponse().setReturn(
        struct(known(mocks.calls, request.getTok())(read((request.getArgs()?.toJavaScript() ?? {}) as Properties))),
      ),
    ),
  };
}

/** One method: its failure goes back to the caller as gRPC's own. */
function unary<Request, Response>(answer: (request: Request) => Response) {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    try {
      callback(null, answer(call.request));
    } catch (error) {
      callback({ code: status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
    }
  };
}

const read = (inputs: Properties): Properties => withoutUnknowns(opened(inputs));
const struct = (value: Properties): Struct => Struct.fromJavaScript(value as never);

function known<T>(mocks: Readonly<Record<string, T>>, token: string): T {
  const mock = mocks[token];
  if (mock === undefined) throw new Error(`No mock for ${token}.`);
  return mock;
}
