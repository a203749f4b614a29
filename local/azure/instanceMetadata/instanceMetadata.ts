import type { Cloud } from "../cloud";
import { signingKey } from "../entra/token/signingKey";
import { TokenIssuer } from "../entra/token/tokenIssuer";
import { MetadataService } from "./metadataService";

/** The token endpoints of machines that managed identities are attached to. */
export const createInstanceMetadata = (cloud: Cloud): MetadataService =>
  new MetadataService(cloud, new TokenIssuer(cloud, signingKey(cloud.store, cloud.stateKey)));
