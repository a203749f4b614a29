import { header, type AzureRequest, type AzureResponse } from "../http/message";

/** What a caller with full buckets has left after one request. */
const remaining = {
  reads: { subscription: "249", global: "3749" },
  writes: { subscription: "199", global: "2999" },
  deletes: { subscription: "199", global: "2999" },
} as const;

type Bucket = keyof typeof remaining;

const bucketOf = (method: string): Bucket =>
  method === "GET" || method === "HEAD" ? "reads" : method === "DELETE" ? "deletes" : "writes";

/** Adds the headers that every answer of ARM carries. */
export function withArmHeaders(request: AzureRequest, response: AzureResponse, now: Date): AzureResponse {
  const clientRequestId = header(request, "x-ms-client-request-id");
  const returnsClientId = header(request, "x-ms-return-client-request-id")?.toLowerCase() === "true";
  const headers: Record<string, string | undefined> = {
    "cache-control": "no-cache",
    pragma: "no-cache",
    expires: "-1",
    "x-ms-request-id": request.id,
    "x-ms-correlation-request-id": header(request, "x-ms-correlation-request-id") ?? request.id,
    "x-ms-routing-request-id": `WESTEUROPE:${routingTime(now)}:${request.id}`,
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
  };
  if (response.status < 400) {
    Object.assign(
      headers,
      rateHeaders[bucketOf(request.method)][subscriptions.test(request.path) ? "within" : "above"],
    );
  }
  if (returnsClientId) {
    headers["x-ms-client-request-id"] = clientRequestId;
  }
  return { ...response, headers: Object.assign(headers, response.headers) };
}

const subscriptions = /^\/subscriptions\//i;

/** What a caller is told of its buckets: by a request within a subscription, and by one above all of them. */
const rateHeadersOf = (bucket: Bucket) => ({
  within: {
    [`x-ms-ratelimit-remaining-subscription-${bucket}`]: remaining[bucket].subscription,
    [`x-ms-ratelimit-remaining-subscription-global-${bucket}`]: remaining[bucket].global,
    "x-ms-throttling-version": "v2",
  },
  above: {
    [`x-ms-ratelimit-remaining-tenant-${bucket}`]: remaining[bucket].global,
    "x-ms-throttling-version": "v2",
  },
});

const rateHeaders = {
  reads: rateHeadersOf("reads"),
  writes: rateHeadersOf("writes"),
  deletes: rateHeadersOf("deletes"),
};

/** The second that was written last: requests come many in one. */
let written = { second: 0, text: "" };

/** 20240501T102030Z */
function routingTime(now: Date): string {
  const second = Math.floor(now.getTime() / 1000);
  if (written.second !== second) {
    written = { second, text: now.toISOString().replace(/[-:]|\.\d+/g, "") };
  }
  return written.text;
}
