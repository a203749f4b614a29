import type { KeyObject } from "node:crypto";
import { join } from "node:path";
import { createAdminConsent } from "./adminConsent/adminConsent";
import { createAccessControl } from "./arm/authorization/roleAssignments";
import { createArm } from "./arm/arm";
import type { Clock } from "./clock";
import type { Cloud } from "./cloud";
import type { AccessReader } from "./conditions/replication/replicas";
import type { Replication } from "./conditions/replication/replication";
import { createContainerRegistry } from "./containerRegistry/containerRegistry";
import { createDataLake } from "./dataLake/dataLake";
import { createDataLakeGen1 } from "./dataLakeGen1/dataLakeGen1";
import { createDirectory } from "./entra/createDirectory";
import { createEntra, createTokenService } from "./entra/entra";
import type { TrustedIssuers } from "./entra/issuers/trustedIssuers";
import { signingKey } from "./entra/token/signingKey";
import { createGraph } from "./graph/graph";
import type { Service } from "./http/service";
import { createInstanceMetadata } from "./instanceMetadata/instanceMetadata";
import { createKeyVault } from "./keyVault/keyVault";
import { seedLandingZone } from "./landingZone/seed";
import { createRegionalService } from "./machineLearning/regionalService";
import { createScoring } from "./machineLearning/scoring";
import { damagedKey, StateKey, UnsealError } from "./store/stateKey";
import { Store } from "./store/store";

export interface BackendOptions {
  readonly stateDirectory: string;
  readonly clock: Clock;
  readonly issuers: TrustedIssuers;
  readonly allowsRetiredServices: boolean;
  readonly replication: Replication;
  /** An RSA private key that a new tenant signs its tokens with. @default a newly made one */
  readonly tenantKey?: KeyObject;
}

/** The services, and the state that they work on. */
export interface Backend {
  readonly cloud: Cloud;
  readonly services: readonly Service[];
}

/**
 * Opens the state, or lays out the landing zone in an empty one, and makes the services on it.
 *
 * @throws StoreInUseError, StateDamagedError, StoreUnusableError, StoreWriteError
 */
export async function openBackend(options: BackendOptions): Promise<Backend> {
  const store = await Store.open(join(options.stateDirectory, "store"));
  try {
    const cloud = createCloud(store, options);
    const services = servicesOn(cloud, options.issuers);
    seedLandingZone(cloud);
    cloud.replicas.follow();
    await store.commit();
    return { cloud, services };
  } catch (error) {
    await store.close().catch(() => undefined);
    throw error;
  }
}

function createCloud(
  store: Store,
  { stateDirectory, clock, allowsRetiredServices, replication, tenantKey }: BackendOptions,
): Cloud {
  const keyFile = join(stateDirectory, "state.key");
  // A new key for a state that there is would open none of its secrets.
  const stateKey = store.isEmpty ? StateKey.open(keyFile) : StateKey.read(keyFile);
  const access = createAccessControl(store, clock);
  const directory = createDirectory(store, clock);
  try {
    const tokens = createTokenService(directory, signingKey(store, stateKey, tenantKey), clock);
    const replicas = replication.of({ store, directory, access });
    return { clock, store, stateKey, access, replicas, directory, tokens, allowsRetiredServices };
  } catch (error) {
    throw error instanceof UnsealError ? damagedKey(keyFile, "the state was encrypted with another key") : error;
  }
}

const servicesOn = (cloud: Cloud, issuers: TrustedIssuers): readonly Service[] => [
  createEntra(signingIn(cloud), { issuerKeys: issuers.keysOf }),
  createInstanceMetadata(signingIn(cloud)),
  createGraph(cloud),
  createKeyVault(lettingIn(cloud, "keyVaultAccess")),
  createDataLake(lettingIn(cloud, "storageAccess")),
  createDataLakeGen1(lettingIn(cloud, "storageAccess")),
  createContainerRegistry(lettingIn(cloud, "armAccess")),
  createScoring(lettingIn(cloud, "armAccess")),
  createRegionalService(lettingIn(cloud, "armAccess")),
  createArm(lettingIn(cloud, "armAccess")),
  createAdminConsent(cloud),
];

/** Signs in whom its replicas have heard of. */
const signingIn = (cloud: Cloud): Cloud => ({
  ...cloud,
  get directory() {
    return cloud.replicas.directory("entra");
  },
});

/** Lets callers in by the roles that its replicas have heard of. */
const lettingIn = (cloud: Cloud, reader: AccessReader): Cloud => ({
  ...cloud,
  get access() {
    return cloud.replicas.access(reader);
  },
});
