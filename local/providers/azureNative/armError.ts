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

export function errorBody(body: string): { code?: string; message?: string } {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: string; message?: string } };
    return error ?? {};
  } catch {
    // Not JSON: the caller prints the body as it is.
    return {};
  }
}
