import { randomUUID, type KeyObject } from "node:crypto";
import { join } from "node:path";
import type { Backend } from "./backend";
import { Backends, Unavailable } from "./backends";
import { systemClock, type Clock } from "./clock";
import type { Cloud } from "./cloud";
import { ArrivedCall } from "./conditions/call";
import {
  changedConditions,
  openConditions,
  type ChosenModes,
  type Conditions,
  type ConditionsChange,
} from "./conditions/conditions";
import type { FaultPlan } from "./conditions/faults/faultPlan";
import type { Injections } from "./conditions/faults/injections";
import { Pipeline, type Passed } from "./conditions/pipeline";
import { openControl, type ControlAddress, type ControlServer } from "./control/controlServer";
import { TrustedIssuers } from "./entra/issuers/trustedIssuers";
import { BodyNeeded, bodyProbe, BodyTooLarge, noBody, withBody, type IncomingRequest } from "./http/incoming";
import { ServiceError } from "./http/serviceError";
import type { AzureRequest, AzureResponse } from "./http/message";
import type { Service } from "./http/service";
import { gatewayCertificates, type Certificates } from "./network/certificates";
import { Gateway } from "./network/gateway";
import { RequestLog, type RequestRecord } from "./network/requestLog";

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
  /** Faults, replication, throttling and latency. @default none of them */
  readonly conditions?: Conditions;
  /** An RSA private key that a new tenant signs its tokens with. @default a newly made one, which takes a tenth of a second */
  readonly tenantKey?: KeyObject;
  /** Opens the control address, at a port on 127.0.0.1, 0 for a free one. @default closed */
  readonly control?: { readonly port: number };
}

/** A way into local Azure of one client's own. */
export interface Entrance {
  readonly proxyUrl: string;
  close(): Promise<void>;
}

/** A running local Azure. */
export class LocalAzure {
  private readonly entrances = new Set<Gateway>();

  private constructor(
    private readonly backends: Backends,
    private readonly pipeline: Pipeline,
    private readonly clock: Clock,
    readonly requests: RequestLog,
    private readonly certificates: Certificates,
    private gateway: Gateway | undefined,
    private controlServer: ControlServer | undefined,
  ) {}

  /**
   * Opens the state, or lays out the landing zone in an empty one, and answers from then on.
   * @throws StoreInUseError where another process has the state open
   * @throws StateDamagedError where a part of the state is lost
   */
  static async open(options: LocalAzureOptions): Promise<LocalAzure> {
    const { stateDirectory, clock = systemClock, allowsRetiredServices = false, tenantKey } = options;
    const issuers = new TrustedIssuers(options.issuers ?? {});
    const conditions = openConditions(options.conditions ?? {}, clock);
    const { replication } = conditions;
    const backends = await Backends.open({
      ...{ stateDirectory, clock, issuers, allowsRetiredServices, replication },
      ...(tenantKey !== undefined && { tenantKey }),
    });
    try {
      const certificates = await gatewayCertificates(join(stateDirectory, "certificates"), new Date());
      const log = new RequestLog(join(stateDirectory, "requests.log"));
      const azure = new LocalAzure(backends, new Pipeline(conditions), clock, log, certificates, undefined, undefined);
      azure.gateway = await azure.openGateway(options.port ?? 0).catch(async (error: unknown) => {
        await log.close();
        throw error;
      });
      if (options.control !== undefined) {
        const tokenFile = join(stateDirectory, "control.token");
        azure.controlServer = await openControl(azure, { ...options.control, tokenFile }).catch(
          async (error: unknown) => {
            await azure.gateway?.close();
            await log.close();
            throw error;
          },
        );
      }
      return azure;
    } catch (error) {
      await backends.close();
      throw error;
    }
  }

  /** What the services share; another one after a write has failed. */
  get cloud(): Cloud {
    return this.backends.current.cloud;
  }

  /** Faults that wait for their request. */
  get faults(): FaultPlan {
    return this.pipeline.conditions.faults;
  }

  /** What the faults have done. */
  get injections(): Injections {
    return this.pipeline.conditions.injections;
  }

  /** What every random choice of the conditions follows from. */
  get seed(): number {
    return this.pipeline.conditions.seed;
  }

  /** How long a change may take until everyone sees it. */
  get settlingSeconds(): number {
    return this.pipeline.conditions.replication.settlingSeconds;
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

  /** Where the conditions are changed from outside; undefined where that is not possible. */
  get control(): ControlAddress | undefined {
    return this.controlServer?.address;
  }

  /** The modes that are on. */
  get modes(): ChosenModes {
    return this.pipeline.conditions.modes;
  }

  /** Changes the conditions from the next request on. */
  changeConditions(change: ConditionsChange): void {
    this.pipeline.conditions = changedConditions(this.pipeline.conditions, change, this.clock);
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
    this.pipeline.close();
    await this.controlServer?.close();
    await this.gateway?.close();
    await Promise.all([...this.entrances].map((entrance) => entrance.close()));
    await this.requests.close();
    await this.backends.close();
  }

  private openGateway(port: number, client?: string): Promise<Gateway> {
    const by = client === undefined ? {} : { client };
    return Gateway.open(
      { ...this.certificates, port, resolves: (host) => this.cloud.replicas.resolves(host) },
      (request) => this.dispatch(request, by),
      (method, address, status) => {
        this.refuse(method, address, status, by);
      },
    );
  }

  /** Logs what the proxy let nobody reach. What is asked of a host after CONNECT is not known then. */
  private refuse(method: string, address: string, status: 403 | 502, client: { readonly client?: string }): void {
    const url = method !== "CONNECT" && URL.canParse(address) ? new URL(address) : undefined;
    const asked = { method, host: url?.host ?? address.replace(/:443$/, ""), path: url?.pathname ?? "" };
    this.requests.record(
      {
        time: this.clock.now().toISOString(),
        service: "none",
        ...asked,
        status,
        ms: 0,
        ...(status === 403 ? { unknown: true } : {}),
        ...client,
      },
      { id: randomUUID(), ...asked, query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0) },
      { status },
    );
  }

  private async dispatch(incoming: IncomingRequest, by: { readonly client?: string }): Promise<AzureResponse> {
    const started = performance.now();
    const { request, outcome: early } = incoming.hasBody
      ? await this.received(incoming)
      : { request: withBody(incoming.head, noBody), outcome: undefined };
    const { outcome, delay, injection } = this.pipeline.mayIntervene
      ? await this.passed(incoming, request, early)
      : { outcome: early ?? (await this.answer(request)), delay: 0, injection: undefined };
    const { response, code } = outcome;
    const record: Writable<RequestRecord> = {
      time: this.clock.now().toISOString(),
      service: outcome.service?.name ?? "none",
      method: request.method,
      host: request.host,
      path: request.path,
      status: response.status,
      ms: rounded(performance.now() - started),
    };
    if (delay > 0) record.delay = rounded(delay);
    if (code !== undefined) record.code = code;
    if (response.status === 501 || response.unknown === true) record.unknown = true;
    if (by.client !== undefined) record.client = by.client;
    if (injection !== undefined) {
      const injected = { ...injection.by, effect: injection.effect.kind };
      this.injections.note({ ...record, ...injected });
      record.injected = injected;
    }
    this.requests.record(record, request, response);
    return response;
  }

  /** What the conditions make of a request, and the service behind them. */
  private passed(
    incoming: IncomingRequest,
    request: AzureRequest,
    early: Outcome | undefined,
  ): Promise<Passed<Outcome>> {
    const service = serviceAt(this.backends.current, request.host);
    return this.pipeline.pass<Outcome>(new ArrivedCall(request, service?.name, incoming), {
      serve: async () => early ?? (await this.answer(request)),
      instead: (response, code) => ({ response, service, ...(code !== undefined && { code }) }),
    });
  }

  /** Reads the body of a request that has one, where it is needed: a request that is refused for its caller, its path or its headers goes without. */
  private async received(incoming: IncomingRequest): Promise<Received> {
    const { head } = incoming;
    const bodiless = withBody(head, noBody);
    // A service that needs no body acts at once. What could keep it from that comes first.
    if (!this.pipeline.mayIntervene) {
      const probe = bodyProbe(head);
      const outcome = await this.answer(probe.request);
      if (!probe.isAsked()) {
        return { request: bodiless, outcome };
      }
    }
    try {
      return { request: withBody(head, await incoming.readBody()) };
    } catch (error) {
      if (!(error instanceof BodyTooLarge)) {
        throw error;
      }
      const service = serviceAt(this.backends.current, head.host);
      return { request: bodiless, outcome: { ...tooLarge(error), service } };
    }
  }

  private async answer(request: AzureRequest): Promise<Outcome> {
    const service = serviceAt(this.backends.current, request.host);
    try {
      const response = await this.backends.use(
        async (backend) => (await serviceAt(backend, request.host)?.handle(request)) ?? nothingAt(request.host),
      );
      return { response, service };
    } catch (error) {
      return { ...refusal(request, error), service };
    }
  }
}

/** Milliseconds with two digits. */
const rounded = (ms: number): number => Math.round(ms * 100) / 100;

const serviceAt = ({ services }: Backend, host: string): Service | undefined =>
  services.find(({ serves }) => serves(host));

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

interface Outcome {
  readonly response: AzureResponse;
  /** Error code of a refusal. */
  readonly code?: string;
  readonly service: Service | undefined;
}

interface Received {
  readonly request: AzureRequest;
  /** What is answered without the body. */
  readonly outcome?: Outcome;
}

function tooLarge({ limit }: BodyTooLarge): Pick<Outcome, "response" | "code"> {
  const code = "RequestBodyTooLarge";
  const message = `Local Azure takes request bodies of up to ${limit / (1024 * 1024)} MiB.`;
  return { code, response: { status: 413, headers: { "x-ms-error-code": code }, body: { error: { code, message } } } };
}

const nothingAt = (host: string): AzureResponse => ({
  status: 501,
  headers: { "content-type": "text/plain" },
  body: `Local Azure does not serve ${host}.\n`,
});

function refusal(request: AzureRequest, error: unknown): { response: AzureResponse; code?: string } {
  if (error instanceof ServiceError) {
    return { response: error.response, code: error.code };
  }
  if (error instanceof Unavailable) {
    const code = "ServiceUnavailable";
    return { response: { status: 503, body: { error: { code, message: error.message } } }, code };
  }
  if (error instanceof BodyNeeded) {
    return { response: { status: 500 } };
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
