import { Metadata, status, type ServiceError } from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import * as providerProto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { toStruct } from "./marshalling";
import type { PropertyMap } from "./values";

/**
 * The service accepted a resource and then failed to finish it. The engine keeps the resource in its state, so that
 * the next run goes on from there.
 */
export class InitFailedError extends Error {
  constructor(
    readonly id: string,
    reason: string,
    readonly inputs: PropertyMap,
    /** What could still be read of it. */
    readonly outputs: PropertyMap,
  ) {
    super(reason);
    this.name = "InitFailedError";
  }
}

/** The error as gRPC carries it: the message for the user, the state in the details. */
export function wireError(error: unknown): Partial<ServiceError> {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof InitFailedError)) {
    return { code: status.UNKNOWN, details: message };
  }
  const detail = new providerProto.ErrorResourceInitFailed();
  detail.setId(error.id);
  detail.setReasonsList([message]);
  detail.setProperties(toStruct(error.outputs));
  detail.setInputs(toStruct(error.inputs));
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const full = new Status();
  full.setCode(status.UNKNOWN);
  full.setMessage(message);
  full.addDetails(packed);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(full.serializeBinary()));
  return { code: status.UNKNOWN, details: message, metadata };
}
