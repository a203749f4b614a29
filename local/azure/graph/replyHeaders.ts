import { header, type AzureRequest, type AzureResponse } from "../http/message";

const contentType =
  "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

const diagnostic = JSON.stringify({
  ServerInfo: { DataCenter: "West Europe", Slice: "E", Ring: "5", ScaleUnit: "000", RoleInstance: "local" },
});

const clientRequestId = (request: AzureRequest): string => header(request, "client-request-id") ?? request.id;

/** The headers of every answer. */
export function replyHeaders(request: AzureRequest, response: AzureResponse): Record<string, string> {
  const headers: Record<string, string> = {
    "request-id": request.id,
    "client-request-id": clientRequestId(request),
    "cache-control": "no-cache",
    "strict-transport-security": "max-age=31536000",
    "x-ms-ags-diagnostic": diagnostic,
    "x-ms-resource-unit": "1",
  };
  if (response.body !== undefined) {
    headers["content-type"] = contentType;
    headers["odata-version"] = "4.0";
  }
  return headers;
}

/** Adds to a refusal what names the request it answers. */
export function withInnerError(response: AzureResponse, request: AzureRequest, now: Date): AzureResponse {
  const { error } = response.body as { readonly error: object };
  const innerError = {
    date: now.toISOString().slice(0, 19),
    "request-id": request.id,
    "client-request-id": clientRequestId(request),
  };
  return { ...response, body: { error: { ...error, innerError } } };
}
