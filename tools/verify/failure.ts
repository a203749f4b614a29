import { z } from "zod";
import { Throttled } from "../throttling/throttled";

/** Why a call failed: the service's own code and message, on one line. */
export interface Failure {
  /** The service's most specific code, as "ForbiddenByRbac" or "AADSTS7000222"; for the network, Node's, as "ENOTFOUND". */
  readonly code: string;
  readonly message: string;
  /** HTTP status, where a service answered and the library passed it on. */
  readonly status?: number;
  /** Milliseconds after which a service that has had too many requests wants to be asked again, where it says so. */
  readonly wait?: number;
}

/** The envelope of Graph, Azure Resource Manager, Key Vault and the lake. An inner code is Key Vault's. */
const envelope = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    innererror: z.object({ code: z.string() }).optional().catch(undefined),
  }),
});

interface Headers {
  get(name: string): string | undefined;
}

const hasHeaders = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "get" in value && typeof value.get === "function";

/** What the SDKs' errors have in common. Whatever is missing or of another kind is left aside. */
const thrown = z.object({
  name: z.string().catch(""),
  message: z.string().catch(""),
  code: z.string().optional().catch(undefined),
  statusCode: z.number().optional().catch(undefined),
  cause: z.unknown().optional(),
  errors: z.array(z.unknown()).catch([]),
  response: z
    .object({ bodyAsText: z.string().nullish(), headers: z.custom<Headers>(hasHeaders).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** Reduces whatever an SDK threw to what the service, or the network, said. */
export function failureOf(error: unknown): Failure {
  const failure = reasonOf(error);
  return error instanceof Throttled && error.wait !== undefined ? { ...failure, wait: error.wait } : failure;
}

function reasonOf(error: unknown): Failure {
  if (error instanceof z.ZodError) {
    const fields = error.issues.map(({ path }) => path.join(".") || "the whole").join(", ");
    return { code: "UnexpectedAnswer", message: `The service answered, but not as documented: ${fields}.` };
  }
  const parsed = thrown.safeParse(error);
  if (!parsed.success) {
    return { code: "Unknown", message: "The call failed without saying why." };
  }
  const { name, message, code, statusCode, cause, errors, response } = parsed.data;
  const told =
    signInFailure(message) ??
    serviceFailure(jsonOf(response?.bodyAsText), statusCode) ??
    headFailure(response, statusCode);
  if (told !== undefined) {
    return told;
  }
  if (name === "AbortError" || name === "TimeoutError") {
    return { code: "Timeout", message: "No answer came in the time that one call may take." };
  }
  const deeper = errors[0] ?? cause;
  if (code === undefined && deeper instanceof Error) {
    return reasonOf(deeper);
  }
  return { code: code ?? (name || "Error"), message: firstLine(message), ...withStatus(statusCode) };
}

/** Entra ID's own words, wherever in a library's message they stand. Its status doesn't reach here: the libraries make up one. */
function signInFailure(message: string): Failure | undefined {
  const [, code, text] = /(AADSTS\d+): ([\s\S]*?)(?=\s*Trace ID:|\r?\n|$)/.exec(message) ?? [];
  return code === undefined || text === undefined ? undefined : { code, message: text.trim() };
}

function serviceFailure(body: unknown, statusCode: number | undefined): Failure | undefined {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) {
    return undefined;
  }
  const { code, message, innererror } = parsed.data.error;
  return { code: innererror?.code ?? code, message: telling(message), ...withStatus(statusCode) };
}

/** The answer to a HEAD request has no body: the storage services tell the code in a header. */
function headFailure(
  response: z.infer<typeof thrown>["response"],
  statusCode: number | undefined,
): Failure | undefined {
  const code = response?.headers?.get("x-ms-error-code");
  if (code === undefined || (response?.bodyAsText ?? "") !== "") return undefined;
  return { code, message: "The service gave no further reason.", ...withStatus(statusCode) };
}

function jsonOf(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

/** Key Vault spreads a refusal over lines; the first one, and who asked for what from where, tell it. */
function telling(message: string): string {
  const lines = message.split(/\r?\n/).map((line) => line.trim());
  const [first = "", ...rest] = lines.filter((line) => line !== "");
  return [first, ...rest.filter((line) => /^(Client address|Caller|Action|Resource):/.test(line))].join(" ");
}

const firstLine = (text: string): string => (text.split(/\r?\n/).find((line) => line.trim() !== "") ?? "").trim();

const withStatus = (status: number | undefined): { status?: number } => (status === undefined ? {} : { status });
