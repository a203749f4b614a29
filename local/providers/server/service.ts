import type { handleUnaryCall, sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import { status } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as pluginProto from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { nameInUrn, typeInUrn } from "../../../tools/engine/urns";
import { checkResponse, diffResponse, readResponse } from "./answers";
import { leavesOutcomeOpen } from "../rest/openOutcome";
import { withResource } from "../rest/resourceInHand";
import { InitFailedError, wireError } from "./initFailedError";
import { fromStruct, toStruct } from "./marshalling";
import type { AttachedProviders } from "./attachedProviders";
import type { Autonaming, PackageProvider, Subject } from "./packageProvider";

/**
 * A provider as the engine's gRPC service ResourceProvider. What neither real provider does (components, parameters,
 * lists) is not there: gRPC answers UNIMPLEMENTED by itself.
 *
 * @param openCreations gets the URN of each resource whose creation failed without telling whether the service has made it
 */
export function resourceProviderService(
  providers: AttachedProviders<PackageProvider>,
  openCreations: Set<string>,
): UntypedServiceImplementation {
  const { latest } = providers;
  return {
    handshake: unary(() => new proto.ProviderHandshakeResponse().setSupportsAutonamingConfiguration(true)),
    attach: unary(() => new Empty()),
    getPluginInfo: unary(() => new pluginProto.PluginInfo().setVersion(latest.version)),
    getSchema: unary(() => new proto.GetSchemaResponse().setSchema(schemaOf(latest))),
    getMapping: unimplemented("GetMapping"),
    getMappings: unimplemented("GetMappings"),
    // The engine sends this at the first interrupt, and then waits for the resources in flight. They are let finish: what
    // Azure has begun it does in any case, and a request given up would leave the state without it.
    cancel: unary(() => new Empty()),
    ...configuration(providers),
    ...resources(providers, openCreations),
    ...functions(providers),
  };
}

function configuration(providers: AttachedProviders<PackageProvider>): UntypedServiceImplementation {
  return {
    checkConfig: unary((request: proto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())),
    diffConfig: unary(() => new proto.DiffResponse()),
    configure: unary((request: proto.ConfigureRequest, peer) => {
      const variables = new Map<string, string>();
      request.getVariablesMap().forEach((value, key) => {
        variables.set(key.slice(key.lastIndexOf(":") + 1), value);
      });
      providers.configure(peer, variables);
      return new proto.ConfigureResponse().setSupportspreview(true).setSupportsAutonamingConfiguration(true);
    }),
  };
}

function resources(
  providers: AttachedProviders<PackageProvider>,
  openCreations: Set<string>,
): UntypedServiceImplementation {
  return {
    check: unary(async (request: proto.CheckRequest, peer) => {
      const autonaming = autonamingOf(request);
      const result = await providers.of(peer).check({
        ...subject(request.getUrn()),
        olds: fromStruct(request.getOlds()),
        news: fromStruct(request.getNews()),
        randomSeed: request.getRandomseed_asU8(),
        ...(autonaming === undefined ? {} : { autonaming }),
      });
      return checkResponse(result);
    }),
    diff: unary(async (request: proto.DiffRequest, peer) =>
      diffResponse(
        await providers.of(peer).diff({
          ...subject(request.getUrn()),
          id: request.getId(),
          oldInputs: fromStruct(request.getOldInputs()),
          olds: fromStruct(request.getOlds()),
          news: fromStruct(request.getNews()),
          ignoreChanges: request.getIgnorechangesList(),
        }),
      ),
    ),
    create: unary(async (request: proto.CreateRequest, peer) => {
      const urn = request.getUrn();
      const creation = { ...subject(urn), inputs: fromStruct(request.getProperties()), preview: request.getPreview() };
      openCreations.delete(urn);
      try {
        const { id, outputs } = await providers.of(peer).create(creation);
        return new proto.CreateResponse().setId(id).setProperties(toStruct(outputs));
      } catch (error) {
        if (!creation.preview && !(error instanceof InitFailedError) && leavesOutcomeOpen(error)) {
          openCreations.add(urn);
        }
        throw error;
      }
    }),
    read: unary(async (request: proto.ReadRequest, peer) => {
      const oldInputs = fromStruct(request.getInputs());
      const result = await providers.of(peer).read({
        ...subject(request.getUrn()),
        id: request.getId(),
        olds: fromStruct(request.getProperties()),
        // The engine imports with an empty map or none at all.
        ...(Object.keys(oldInputs).length === 0 ? {} : { oldInputs }),
      });
      return readResponse(result);
    }),
    update: unary(async (request: proto.UpdateRequest, peer) => {
      const outputs = await providers.of(peer).update({
        ...subject(request.getUrn()),
        id: request.getId(),
        olds: fromStruct(request.getOlds()),
        oldInputs: fromStruct(request.getOldInputs()),
        news: fromStruct(request.getNews()),
        preview: request.getPreview(),
      });
      return new proto.UpdateResponse().setProperties(toStruct(outputs));
    }),
    delete: unary(async (request: proto.DeleteRequest, peer) => {
      await providers.of(peer).delete({
        ...subject(request.getUrn()),
        id: request.getId(),
        olds: fromStruct(request.getProperties()),
        oldInputs: fromStruct(request.getOldInputs()),
      });
      return new Empty();
    }),
  };
}

function functions(providers: AttachedProviders<PackageProvider>): UntypedServiceImplementation {
  return {
    invoke: unary(async (request: proto.InvokeRequest, peer) => {
      const outputs = await providers.of(peer).invoke(request.getTok(), fromStruct(request.getArgs()));
      return new proto.InvokeResponse().setReturn(toStruct(outputs));
    }),
  };
}

function unary<Request, Response>(
  handle: (request: Request, peer: string) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  const answer = async (request: Request, peer: string, callback: sendUnaryData<Response>): Promise<void> => {
    try {
      callback(null, await withResource(urnOf(request), () => handle(request, peer)));
    } catch (error) {
      callback(wireError(error));
    }
  };
  return (call: ServerUnaryCall<Request, Response>, callback) => void answer(call.request, call.getPeer(), callback);
}

/** The URN of the resource that a request of the engine is about. */
const urnOf = (request: unknown): string | undefined => (request as { getUrn?: () => string }).getUrn?.();

function unimplemented(method: string): handleUnaryCall<unknown, unknown> {
  return (_call, callback) => {
    callback({ code: status.UNIMPLEMENTED, details: `${method} is not implemented` });
  };
}

const subject = (urn: string): Subject => ({ urn, type: typeInUrn(urn), name: nameInUrn(urn) });

function autonamingOf(request: proto.CheckRequest): Autonaming | undefined {
  const options = request.getAutonaming();
  if (options === undefined) {
    return undefined;
  }
  const { ENFORCE, DISABLE } = proto.CheckRequest.AutonamingOptions.Mode;
  const mode = options.getMode();
  return {
    mode: mode === ENFORCE ? "enforce" : mode === DISABLE ? "disable" : "propose",
    proposedName: options.getProposedName(),
  };
}

const schemaOf = ({ name, version }: PackageProvider): string => JSON.stringify({ name, version });
