import { z } from "zod";

/** Why a question was not answered: the service's own code and words. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

const envelope = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** What a service says in its body; its status where it says nothing. */
export function refusalIn(status: number, body: unknown): Failure {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) return { code: `HTTP ${status}`, message: "The service gave no reason." };
  const { code, message } = parsed.data.error;
  return { code, message: firstLine(message) };
}

/** What a library threw: Entra ID's own words where they stand in it. */
export function failureOf(error: unknown): Failure {
  const { name, message, code } = error as { name?: string; message?: string; code?: string };
  const [, aadsts, text] = /(AADSTS\d+): ([\s\S]*?)(?=\s*Trace ID:|\r?\n|$)/.exec(message ?? "") ?? [];
  if (aadsts !== undefined && text !== undefined) return { code: aadsts, message: text.trim() };
  return { code: code ?? name ?? "Error", message: firstLine(message ?? "") };
}

const firstLine = (text: string): string => (text.split(/\r?\n/).find((line) => line.trim() !== "") ?? "").trim();
