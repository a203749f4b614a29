import type { Cloud } from "../../cloud";
import { formBody, json, type AzureRequest, type AzureResponse } from "../../http/message";
import { grantUnsupported, parameterMissing } from "../errors";
import { accessTokenSeconds, backdatedSeconds } from "./accessToken";
import { readAssertion } from "./assertion";
import { checkCertificateAssertion } from "./certificateAssertion";
import { checkSecret, clientCredential, type ClientCredential } from "./clientAuthentication";
import { checkFederatedAssertion, type IssuerKeys } from "./federatedAssertion";
import { resourceOfScope } from "./resource";
import { signingClient, type SigningClient } from "./signingClient";
import type { TokenIssuer } from "./tokenIssuer";

/** Issues access tokens for client credentials. */
export class TokenEndpoint {
  constructor(
    private readonly cloud: Cloud,
    private readonly issuer: TokenIssuer,
    private readonly issuerKeys: IssuerKeys,
  ) {}

  /** The v2.0 endpoint: takes a scope, answers numbers. */
  async v2(request: AzureRequest): Promise<AzureResponse> {
    const form = formOf(request);
    const resource = resourceOfScope(required(form, "scope"));
    const token = await this.token(request, form, resource);
    return json(200, {
      token_type: "Bearer",
      expires_in: accessTokenSeconds,
      ext_expires_in: accessTokenSeconds,
      access_token: token,
    });
  }

  /** The first endpoint: takes a resource, answers numbers as text. */
  async v1(request: AzureRequest): Promise<AzureResponse> {
    const form = formOf(request);
    const resource = required(form, "resource");
    const token = await this.token(request, form, resource);
    const now = Math.floor(this.cloud.clock.now().getTime() / 1000);
    return json(200, {
      token_type: "Bearer",
      expires_in: String(accessTokenSeconds),
      ext_expires_in: String(accessTokenSeconds),
      expires_on: String(now + accessTokenSeconds + 1),
      not_before: String(now - backdatedSeconds),
      resource,
      access_token: token,
    });
  }

  private async token(request: AzureRequest, form: URLSearchParams, resourceName: string): Promise<string> {
    const credential = clientCredential(request, form);
    const client = signingClient(this.cloud.directory, credential.clientId);
    const proof = await this.authenticate(client, credential);
    return this.issuer.issue({ servicePrincipal: client.servicePrincipal, resourceName, proof });
  }

  private async authenticate(client: SigningClient, credential: ClientCredential): Promise<"1" | "2"> {
    const now = this.cloud.clock.now();
    if (credential.assertion === undefined) {
      checkSecret(client, credential.secret, now);
      return "1";
    }
    const assertion = readAssertion(credential.assertion);
    // A client that signs for itself is its own issuer; every other issuer is federated.
    if (assertion.claims.iss?.toLowerCase() === client.appId.toLowerCase()) {
      await checkCertificateAssertion(assertion, client, this.cloud.directory.tenant, now);
    } else {
      await checkFederatedAssertion(assertion, client, this.issuerKeys, now);
    }
    return "2";
  }
}

function formOf(request: AzureRequest): URLSearchParams {
  const form = formBody(request);
  const grant = required(form, "grant_type");
  if (grant !== "client_credentials") {
    throw grantUnsupported(grant);
  }
  return form;
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === "") {
    throw parameterMissing(name);
  }
  return value;
}
