import { z } from "zod";
import type { Cloud } from "../../cloud";
import { heldAppRoles } from "../appRoles";
import { applicationDisabled, roleRequired } from "../errors";
import type { ServicePrincipalRecord } from "../records";
import { issueAccessToken } from "./accessToken";
import { findResource, type RequestedResource } from "./resource";
import type { SigningKey } from "./signingKey";

const apiSettings = z.object({ requestedAccessTokenVersion: z.number().nullable().optional() });

/** Who a token is for, proven, and what it is asked for. */
export interface TokenOrder {
  readonly servicePrincipal: ServicePrincipalRecord;
  /** The resource as the client names it. */
  readonly resourceName: string;
  /** How the client proved itself: 1 by secret, 2 by certificate, federation or as a managed identity. */
  readonly proof: "1" | "2";
  /** How long the token is valid. @default that of tokens by client credentials */
  readonly seconds?: number;
  /** Claims beside the usual ones. */
  readonly claims?: Readonly<Record<string, string>>;
}

/** Makes access tokens for whoever has proven to be somebody. */
export class TokenIssuer {
  constructor(
    private readonly cloud: Cloud,
    private readonly key: SigningKey,
  ) {}

  /** @throws SignInRefused where the client is disabled, or the resource is none or asks for a role that it lacks */
  issue({ servicePrincipal, resourceName, proof, seconds, claims }: TokenOrder): Promise<string> {
    const { directory, clock } = this.cloud;
    if (!servicePrincipal.accountEnabled) {
      throw applicationDisabled(servicePrincipal.appId, directory.displayNameOf(servicePrincipal));
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
        clientId: servicePrincipal.appId,
        objectId: servicePrincipal.id,
        proof,
        roles,
        issuedAt: clock.now(),
        ...(seconds !== undefined && { seconds }),
        ...(claims && { extra: claims }),
      },
      this.key,
    );
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
