import { z } from "zod";
import type { Cloud } from "../../cloud";
import { formBody, json, type AzureRequest, type AzureResponse } from "../../http/message";
import { heldAppRoles } from "../appRoles";
import {
  applicationDisabled,
  applicationNotFound,
  grantUnsupported,
  parameterMissing,
  roleRequired,
  servicePrincipalMissing,
} from "../errors";
import type { ApplicationRecord, ServicePrincipalRecord } from "../records";
import { accessTokenSeconds, backdatedSeconds, issueAccessToken } from "./accessToken";
import { readAssertion } from "./assertion";
import { checkCertificateAssertion } from "./certificateAssertion";
import { checkSecret, clientCredential, type ClientCredential } from "./clientAuthentication";
import { checkFederatedAssertion, type IssuerKeys } from "./federatedAssertion";
import { findResource, resourceOfScope, type RequestedResource } from "./resource";
import type { SigningKey } from "./signingKey";

const apiSettings = z.object({ requestedAccessTokenVersion: z.number().nullable().optional() });

/** Issues access tokens for client credentials. */
export class TokenEndpoint {
  constructor(
    private readonly cloud: Cloud,
    private readonly key: SigningKey,
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
    const { application, servicePrincipal } = this.client(credential.clientId);
    const proof = await this.authenticate(application, credential);
    const { directory, clock } = this.cloud;
    if (!servicePrincipal.accountEnabled) {
      throw applicationDisabled(application.appId, directory.displayNameOf(servicePrincipal));
    }
    const resource = findResource(directory, resourceName);
    const roles = heldAppRoles(directory, servicePrincipal.id, resource.servicePrincipal);
    this.checkAssignment(servicePrincipal, resource, roles);
    return issueAccessToken(
      {
        version: this.tokenVersion(resource.servicePrincipal),
        tenantId: directory.tenant.id,
        audience: resource.name,
        resourceAppId: resource.servicePrincipal.appId,
        clientId: application.appId,
        objectId: servicePrincipal.id,
        proof,
        roles,
        issuedAt: clock.now(),
      },
      this.key,
    );
  }

  private client(clientId: string | undefined): {
    application: ApplicationRecord;
    servicePrincipal: ServicePrincipalRecord;
  } {
    if (clientId === undefined || clientId === "") {
      throw parameterMissing("client_id");
    }
    const { directory } = this.cloud;
    const application = directory.applications.byAppId(clientId);
    if (application === undefined) {
      throw applicationNotFound(clientId, directory.tenant.displayName);
    }
    const servicePrincipal = directory.servicePrincipals.byAppId(clientId);
    if (servicePrincipal === undefined) {
      throw servicePrincipalMissing(application.appId, directory.tenant.id);
    }
    return { application, servicePrincipal };
  }

  private async authenticate(application: ApplicationRecord, credential: ClientCredential): Promise<"1" | "2"> {
    const now = this.cloud.clock.now();
    if (credential.assertion === undefined) {
      checkSecret(application, credential.secret, now);
      return "1";
    }
    const assertion = readAssertion(credential.assertion);
    // A client that signs for itself is its own issuer; every other issuer is federated.
    if (assertion.claims.iss?.toLowerCase() === application.appId.toLowerCase()) {
      await checkCertificateAssertion(assertion, application, this.cloud.directory.tenant, now);
    } else {
      await checkFederatedAssertion(assertion, application, this.issuerKeys, now);
    }
    return "2";
  }

  private checkAssignment(client: ServicePrincipalRecord, resource: RequestedResource, roles: readonly string[]): void {
    const { directory } = this.cloud;
    if (resource.servicePrincipal.properties["appRoleAssignmentRequired"] === true && roles.length === 0) {
      throw roleRequired(
        client.appId,
        directory.displayNameOf(client),
        resource.servicePrincipal.appId,
        directory.displayNameOf(resource.servicePrincipal),
      );
    }
  }

  private tokenVersion(resource: ServicePrincipalRecord): 1 | 2 {
    const source = this.cloud.directory.applications.byAppId(resource.appId) ?? resource;
    const api = apiSettings.safeParse(source.properties["api"]);
    return api.success && api.data.requestedAccessTokenVersion === 2 ? 2 : 1;
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
