import { tenant } from "../../local/azure/landingZone/layout";
import type { LocalAzureForTests } from "./localAzure";

export interface SignInReply {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: {
    readonly access_token?: string;
    readonly error?: string;
    readonly error_description?: string;
    readonly error_codes?: readonly number[];
    readonly [name: string]: unknown;
  };
}

export interface SignInOptions {
  /** @default the tenant's ID */
  readonly tenant?: string;
  /** @default the v2.0 endpoint */
  readonly endpoint?: "oauth2/v2.0/token" | "oauth2/token";
  readonly headers?: Record<string, string>;
}

/** Posts a form to the token endpoint. The grant type is client credentials unless the form says otherwise. */
export async function signIn(
  azure: LocalAzureForTests,
  form: Record<string, string>,
  options: SignInOptions = {},
): Promise<SignInReply> {
  const endpoint = options.endpoint ?? "oauth2/v2.0/token";
  const response = await azure.fetch(`https://login.microsoftonline.com/${options.tenant ?? tenant.id}/${endpoint}`, {
    method: "POST",
    headers: options.headers ?? {},
    body: new URLSearchParams({ grant_type: "client_credentials", ...form }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as SignInReply["body"] };
}

/** The claims of a token, unchecked. */
export function claimsOf(token: string | undefined): Record<string, unknown> {
  const payload = token?.split(".")[1] ?? "";
  return JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Record<string, unknown>;
}
