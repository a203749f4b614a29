import { randomUUID } from "node:crypto";
import { z } from "zod";
import { json, type AzureRequest, type AzureResponse } from "../http/message";
import { graphError } from "./errors";
import { objectBody } from "./context";

/** How many requests one batch may hold. */
const maxRequests = 20;

const schema = z.object({
  requests: z.array(
    z.object({
      id: z.string(),
      method: z.string(),
      url: z.string(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
      dependsOn: z.array(z.string()).optional(),
    }),
  ),
});

type Part = z.output<typeof schema>["requests"][number];

/** Answers one request of a batch, a refusal included. */
type Answer = (request: AzureRequest) => Promise<AzureResponse>;

/** Answers each request of a batch on its own, one after another; what depends on a failed one is not tried. */
export async function answerBatch(request: AzureRequest, version: string, answer: Answer): Promise<AzureResponse> {
  const parts = partsOf(request);
  const answers = new Map<string, AzureResponse>();
  for (const part of parts) {
    const before = part.dependsOn ?? [];
    if (!before.every((id) => answers.has(id))) {
      throw graphError(400, "BadRequest", `Request '${part.id}' depends on a request that does not come before it.`);
    }
    const failed = before.some((id) => (answers.get(id)?.status ?? 0) >= 400);
    answers.set(part.id, failed ? dependencyFailed : await answer(requestOf(part, request, version)));
  }
  const isUnknown = [...answers.values()].some(({ status }) => status === 501);
  return {
    ...json(200, { responses: [...answers].map(([id, response]) => partBody(id, response)) }),
    ...(isUnknown ? { unknown: true } : {}),
  };
}

const dependencyFailed: AzureResponse = json(424, {
  error: { code: "FailedDependency", message: "A request that this one depends on has failed." },
});

function partsOf(request: AzureRequest): readonly Part[] {
  const { data } = schema.safeParse(objectBody(request));
  const ids = data?.requests.map(({ id }) => id) ?? [];
  if (data === undefined || new Set(ids).size < ids.length) {
    throw graphError(400, "BadRequest", "Invalid batch payload format.");
  }
  if (data.requests.length > maxRequests) {
    throw graphError(
      400,
      "MaximumValueExceeded",
      `Number of batch request steps exceeds the maximum value of ${maxRequests}.`,
    );
  }
  return data.requests;
}

function requestOf(
  { method, url, headers = {}, body }: Part,
  { host, headers: outer }: AzureRequest,
  version: string,
): AzureRequest {
  const [path = "", query = ""] = url.split(/\?(.*)/s);
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    id: randomUUID(),
    method: method.toUpperCase(),
    host,
    path: `/${version}/${path.replace(/^\/+/, "")}`,
    query: new URLSearchParams(query),
    headers: { ...Object.fromEntries<string>(own), authorization: outer.authorization },
    body: Buffer.from(body === undefined || body === null ? "" : JSON.stringify(body)),
  };
}

function partBody(id: string, { status, headers = {}, body }: AzureResponse): object {
  const type = headers["content-type"] ?? "application/json";
  const kept = Object.entries({ location: "Location", "retry-after": "Retry-After" }).flatMap(([name, shown]) =>
    headers[name] === undefined ? [] : [[shown, headers[name]] as const],
  );
  return {
    id,
    status,
    headers: {
      "Cache-Control": "no-cache",
      ...(body === undefined ? {} : { "Content-Type": type }),
      ...Object.fromEntries<string>(kept),
    },
    ...(body === undefined ? {} : { body }),
  };
}
