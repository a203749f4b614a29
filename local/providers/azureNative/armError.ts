import type { HttpResponse } from "../rest/connection";

/** Azure Resource Manager refused: the message reads as the real provider prints it. */
export class ArmError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(`Status=${status}${code === "" ? "" : ` Code="${code}"`} Message="${message}"`);
    this.name = "ArmError";
  }
}

export function armError(response: HttpResponse): ArmError {
  const { code, message } = errorBody(response.body);
  return new ArmError(response.status, code ?? "", message ?? response.body);
}

interface ErrorBody {
  readonly code?: string;
  readonly message?: string;
}

export function errorBody(body: string): ErrorBody {
  try {
    // Some services leave the envelope out.
    const answer = JSON.parse(body) as { error?: ErrorBody } & ErrorBody;
    return (
      answer.error ?? { ...(answer.code && { code: answer.code }), ...(answer.message && { message: answer.message }) }
    );
  } catch {
    // Not JSON: the caller prints the body as it is.
    return {};
  }
}
