import { createPrivateKey } from "node:crypto";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetch, ProxyAgent, type RequestInit, type Response } from "undici";
import type { Clock } from "../../local/azure/clock";
import type { Conditions } from "../../local/azure/conditions/conditions";
import { identities, tenant, type IdentityName } from "../../local/azure/landingZone/layout";
import { landingZoneSecret } from "../../local/azure/landingZone/secret";
import { LocalAzure } from "../../local/azure/localAzure";

/** A clock that stands still until a test moves it. */
export class TestClock implements Clock {
  constructor(private moment: Date) {}

  now(): Date {
    return new Date(this.moment);
  }

  set(moment: string): void {
    this.moment = new Date(moment);
  }

  advance(time: {
    readonly days?: number;
    readonly hours?: number;
    readonly minutes?: number;
    readonly seconds?: number;
  }): void {
    const { days = 0, hours = 0, minutes = 0, seconds = 0 } = time;
    this.moment = new Date(this.moment.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
  }
}

export interface LocalAzureTestOptions {
  /** The moment the clock starts at, RFC 3339. @default "2026-03-01T09:00:00Z"; "system" follows the system's clock */
  readonly startsAt?: string;
  /** @default a new temporary directory */
  readonly stateDirectory?: string;
  /** State directory, closed, whose copy it starts from. @default none: the landing zone, newly laid out */
  readonly copyOf?: string;
  /** Lets accounts of the retired Data Lake Store be made. @default false */
  readonly allowsRetiredServices?: boolean;
  /** Issuers whose tokens it can check: each with a file of its keys, or its address on this machine. @default none */
  readonly issuers?: Readonly<Record<string, string>>;
  /** Faults, replication, throttling and latency. @default none of them */
  readonly conditions?: Conditions;
}

type Settings = Pick<LocalAzureTestOptions, "allowsRetiredServices" | "issuers" | "conditions">;

/** A local Azure on a temporary directory, and what a client needs to reach it. */
export class LocalAzureForTests {
  private constructor(
    private opened: LocalAzure,
    private agent: ProxyAgent,
    readonly stateDirectory: string,
    /** Moves local Azure's time. Undefined where it follows the system's clock. */
    private readonly testClock: TestClock | undefined,
    private readonly settings: Settings,
  ) {}

  static async open(options: LocalAzureTestOptions = {}): Promise<LocalAzureForTests> {
    const startsAt = options.startsAt ?? "2026-03-01T09:00:00Z";
    const clock = startsAt === "system" ? undefined : new TestClock(new Date(startsAt));
    const stateDirectory = options.stateDirectory ?? (await mkdtemp(join(tmpdir(), "local-azure-")));
    if (options.copyOf !== undefined) {
      await cp(options.copyOf, stateDirectory, { recursive: true });
    }
    const { allowsRetiredServices = false, issuers = {}, conditions = {} } = options;
    const settings = { allowsRetiredServices, issuers, conditions };
    const azure = await openAt(stateDirectory, clock, settings);
    return new LocalAzureForTests(azure, await agentFor(azure), stateDirectory, clock, settings);
  }

  get azure(): LocalAzure {
    return this.opened;
  }

  /** For clients that take an undici dispatcher of their own. */
  get dispatcher(): ProxyAgent {
    return this.agent;
  }

  get clock(): TestClock {
    if (this.testClock === undefined) {
      throw new Error("this local Azure follows the system's clock");
    }
    return this.testClock;
  }

  /** `fetch` through local Azure's proxy, trusting its CA. */
  readonly fetch = (url: string, init: RequestInit = {}): Promise<Response> =>
    fetch(url, { ...init, dispatcher: this.agent });

  /** The client secret of a landing zone identity. */
  secretOf(identity: IdentityName): string {
    return landingZoneSecret(this.azure.cloud.stateKey, identity);
  }

  /** An access token of a landing zone identity. @param scope for example `https://graph.microsoft.com/.default` */
  token(identity: IdentityName, scope: string): Promise<string> {
    return this.tokenFor({ clientId: identities[identity].clientId, clientSecret: this.secretOf(identity), scope });
  }

  async tokenFor(client: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly scope: string;
  }): Promise<string> {
    const response = await this.fetch(`https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: client.clientId,
        client_secret: client.clientSecret,
        scope: client.scope,
      }),
    });
    const reply = (await response.json()) as { access_token?: string; error_description?: string };
    if (reply.access_token === undefined) {
      throw new Error(`no token: ${reply.error_description ?? String(response.status)}`);
    }
    return reply.access_token;
  }

  /** A request with a landing zone identity's token; an object body is sent as JSON. */
  async call(
    identity: IdentityName,
    scope: string,
    method: string,
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; headers: Response["headers"]; body: unknown }> {
    const response = await this.fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${await this.token(identity, scope)}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true && text !== "";
    return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
  }

  /** Stops local Azure and opens it again on the same state. */
  async restart(): Promise<void> {
    await this.agent.close();
    await this.opened.close();
    this.opened = await openAt(this.stateDirectory, this.testClock, this.settings);
    this.agent = await agentFor(this.opened);
  }

  /** @param options `keepsState`: leaves the state directory to the caller. @default false */
  async close({ keepsState = false }: { readonly keepsState?: boolean } = {}): Promise<void> {
    await this.agent.close();
    await this.opened.close();
    if (keepsState) return;
    await rm(this.stateDirectory, { recursive: true, force: true });
  }
}

function openAt(stateDirectory: string, clock: Clock | undefined, settings: Settings): Promise<LocalAzure> {
  // Jest's own; a program that is run beside it may have none, and the tenant makes one then.
  const key = process.env["TESTS_TENANT_KEY"];
  const tenantKey = key === undefined ? {} : { tenantKey: createPrivateKey(key) };
  return LocalAzure.open({ stateDirectory, ...tenantKey, ...settings, ...(clock === undefined ? {} : { clock }) });
}

async function agentFor(azure: LocalAzure): Promise<ProxyAgent> {
  return new ProxyAgent({ uri: azure.proxyUrl, requestTls: { ca: await readFile(azure.caFile, "utf8") } });
}
