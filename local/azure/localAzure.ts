import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createAccessControl } from "./arm/authorization/roleAssignments";
import { createArm } from "./arm/arm";
import { systemClock, type Clock } from "./clock";
import type { Cloud } from "./cloud";
import { createContainerRegistry } from "./containerRegistry/containerRegistry";
import { createDataLake } from "./dataLake/dataLake";
import { createDataLakeGen1 } from "./dataLakeGen1/dataLakeGen1";
import { createDirectory } from "./entra/directory";
import { createEntra, createTokenService } from "./entra/entra";
import { TrustedIssuers } from "./entra/issuers/trustedIssuers";
import { createGraph } from "./graph/graph";
import { ServiceError } from "./http/serviceError";
import type { AzureRequest, AzureResponse } from "./http/message";
import type { Service } from "./http/service";
import { createInstanceMetadata } from "./instanceMetadata/instanceMetadata";
import { createKeyVault } from "./keyVault/keyVault";
import { seedLandingZone } from "./landingZone/seed";
import { createRegionalService } from "./machineLearning/regionalService";
import { createScoring } from "./machineLearning/scoring";
import { gatewayCertificates, type Certificates } from "./network/certificates";
import { FaultPlan } from "./network/faults";
import { Gateway } from "./network/gateway";
import { RequestLog } from "./network/requestLog";
import { StateKey } from "./store/stateKey";
import { Store } from "./store/store";

export interface LocalAzureOptions {
  /** Where everything is kept, between runs too. */
  readonly stateDirectory: string;
  /** Port of the proxy on 127.0.0.1. @default 0, a free one */
  readonly port?: number;
  /** @default the system's clock */
  readonly clock?: Clock;
  /**
   * Issuers of tokens, beside the tenant itself, that federated credentials can trust: each with a file that holds its JSON Web
   * Key Set, or the http:// address on this machine that answers for it. @default none
   */
  readonly issuers?: Readonly<Record<string, string>>;
  /** Lets new accounts of the retired Data Lake Store be made. @default false, as in Azure */
  readonly allowsRetiredServices?: boolean;
}

/** A way into local Azure of one client's own. */
export interface Entrance {
  readonly proxyUrl: string;
  close(): Promise<void>;
}

/** A running local Azure. */
export class LocalAzure {
  readonly faults = new FaultPlan();
  private readonly entrances = new Set<Gateway>();

  private constructor(
    readonly cloud: Cloud,
    readonly requests: RequestLog,
    private readonly certificates: Certificates,
    private readonly services: readonly Service[],
    private gateway: Gateway | undefined,
  ) {}

  /**
   * Opens the state, or lays out the landing zone in an empty one, and answers from then on.
   * @throws StoreInUseError where another process has the state open
   */
  static async open(options: LocalAzureOptions): Promise<LocalAzure> {
    const clock = options.clock ?? systemClock;
    const issuers = new TrustedIssuers(options.issuers ?? {});
    const store = await Store.open(join(options.stateDirectory, "store"));
    const certificates = await gatewayCertificates(join(options.stateDirectory, "certificates"), new Date());
    const cloud: Cloud = {
      ...createCloud(store, StateKey.open(join(options.stateDirectory, "state.key")), clock),
      allowsRetiredServices: options.allowsRetiredServices ?? false,
    };
    const services = [
      createEntra(cloud, { issuerKeys: issuers.keysOf }),
      createInstanceMetadata(cloud),
      createGraph(cloud),
      createKeyVault(cloud),
      createDataLake(cloud),
      createDataLakeGen1(cloud),
      createContainerRegistry(cloud),
      createScoring(cloud),
      createRegionalService(cloud),
      createArm(cloud),
    ];
    seedLandingZone(cloud);
    await store.commit();
    const log = new RequestLog(join(options.stateDirectory, "requests.log"));
    const azure = new LocalAzure(cloud, log, certificates, services, undefined);
    azure.gateway = await azure.openGateway(options.port ?? 0);
    return azure;
  }

  /** The CA that clients trust, a PEM file. */
  get caFile(): string {
    return this.certificates.caFile;
  }

  /** Address of the HTTP proxy that leads here. */
  get proxyUrl(): string {
    if (this.gateway === undefined) {
      throw new Error("local Azure is not open");
    }
    return this.gateway.proxyUrl;
  }

  /** Opens another way in. The log names the client of each request that comes by it, of several side by side too. */
  async openEntrance(client: string): Promise<Entrance> {
    const gateway = await this.openGateway(0, client);
    this.entrances.add(gateway);
    return {
      proxyUrl: gateway.proxyUrl,
      close: async () => {
        this.entrances.delete(gateway);
        await gateway.close();
      },
    };
  }

  async close(): Promise<void> {
    await this.gateway?.close();
    await Promise.all([...this.entrances].map((entrance) => entrance.close()));
    await this.requests.close();
    await this.cloud.store.close();
  }

  private openGateway(port: number, client?: string): Promise<Gateway> {
    const by = client === undefined ? {} : { client };
    return Gateway.open(
      { ...this.certificates, port },
      (request) => this.dispatch(request, by),
      (method, address) => {
        this.refuse(method, address, by);
      },
    );
  }

  /** Logs what the proxy let nobody reach. What is asked of a host after CONNECT is not known then. */
  private refuse(method: string, address: string, client: { readonly client?: string }): void {
    const url = method !== "CONNECT" && URL.canParse(address) ? new URL(address) : undefined;
    const asked = { method, host: url?.host ?? address.replace(/:443$/, ""), path: url?.pathname ?? "" };
    this.requests.record(
      {
        time: this.cloud.clock.now().toISOString(),
        service: "none",
        ...asked,
        status: 403,
        ms: 0,
        unknown: true,
        ...client,
      },
      { id: randomUUID(), ...asked, query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0) },
      { status: 403 },
    );
  }

  private async dispatch(request: AzureRequest, by: { readonly client?: string }): Promise<AzureResponse> {
    const started = performance.now();
    const service = this.services.find(({ serves }) => serves(request.host));
    const fault = this.faults.take(request);
    const outcome =
      fault !== undefined && fault.answer !== "drop" ? { response: fault.answer } : await this.answer(request, service);
    this.requests.record(
      {
        time: this.cloud.clock.now().toISOString(),
        service: service?.name ?? "none",
        method: request.method,
        host: request.host,
        path: request.path,
        status: outcome.response.status,
        ms: Math.round((performance.now() - started) * 100) / 100,
        ...(outcome.code === undefined ? {} : { code: outcome.code }),
        ...(outcome.response.status === 501 ? { unknown: true } : {}),
        ...by,
      },
      request,
      outcome.response,
    );
    if (fault?.answer === "drop") {
      throw new Error("the answer is dropped");
    }
    return outcome.response;
  }

  private async answer(
    request: AzureRequest,
    service: Service | undefined,
  ): Promise<{ response: AzureResponse; code?: string }> {
    if (service === undefined) {
      return {
        response: {
          status: 501,
          headers: { "content-type": "text/plain" },
          body: `Local Azure has nothing at ${request.host}.\n`,
        },
      };
    }
    try {
      const response = await service.handle(request);
      await this.cloud.store.commit();
      return { response };
    } catch (error) {
      await this.cloud.store.commit();
      if (error instanceof ServiceError) {
        return { response: error.response, code: error.code };
      }
      process.stderr.write(
        `local Azure failed on ${request.method} ${request.host}${request.path}: ${String((error as Error).stack)}\n`,
      );
      return {
        response: {
          status: 500,
          body: { error: { code: "InternalServerError", message: "Local Azure failed; its log has the reason." } },
        },
      };
    }
  }
}

function createCloud(store: Store, stateKey: StateKey, clock: Clock): Cloud {
  const access = createAccessControl(store, clock);
  const directory = createDirectory(store, stateKey, clock);
  const tokens = createTokenService(directory, store, stateKey, clock);
  return { clock, store, stateKey, access, directory, tokens };
}
