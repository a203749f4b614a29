import { refused as gen1Refused, Refusal as Gen1Refusal } from "../dataLakeGen1/refusal";
import { refused as lakeRefused, Refusal as LakeRefusal } from "../dataLake/refusal";
import { signInError, SignInRefused } from "../entra/errors";
import { graphError } from "../graph/errors";
import { replyHeaders, withInnerError } from "../graph/replyHeaders";
import { json, type AzureResponse } from "../http/message";
import type { Call } from "./call";

/** A refusal, before it is put into a service's envelope. */
export interface ServiceRefusal {
  readonly status: number;
  /** The service's code; AADSTS<number> of Entra ID. */
  readonly code: string;
  readonly message: string;
  /** innererror.code of Key Vault. */
  readonly inner?: string | undefined;
  /** OAuth 2.0 error code of Entra ID. @default "invalid_client" */
  readonly error?: string | undefined;
  readonly details?:
    readonly { readonly code: string; readonly message: string; readonly target: string }[] | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The refusal as the call's service sends it. */
export function inEnvelope(call: Call, refusal: ServiceRefusal, now: Date): AzureResponse {
  const { request } = call;
  const { status, code, message, inner, error = "invalid_client", details, headers = {} } = refusal;
  const aadsts = /^AADSTS(\d+)$/.exec(code)?.[1];
  switch (call.service) {
    case "entra":
      return aadsts === undefined
        ? json(status, { error: code, error_description: message }, headers)
        : signInError(new SignInRefused(Number(aadsts), status, error, message), request, now, headers).response;
    case "graph": {
      const { response } = graphError(status, code, message, { headers, ...(details && { details }) });
      const told = withInnerError(response, request, now);
      return { ...told, headers: { ...replyHeaders(request, told), ...told.headers } };
    }
    case "keyVault":
      return json(
        status,
        { error: { code, message, ...(inner !== undefined && { innererror: { code: inner } }) } },
        headers,
      );
    case "dataLake": {
      const endpoint = request.host.includes(".blob.") ? "blob" : "dfs";
      return lakeRefused(new LakeRefusal(status, { dfs: code, blob: code }, message, headers), request, endpoint, now)
        .response;
    }
    case "dataLakeGen1": {
      const { response } = gen1Refused(new Gen1Refusal(status, `java.io.${code}`, message), request.id, now);
      return { ...response, headers: { ...response.headers, ...headers } };
    }
    default:
      return json(status, { error: { code, message, ...(details && { details }) } }, headers);
  }
}
