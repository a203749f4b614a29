import { randomUUID } from "node:crypto";
import type { LocalAzureForTests } from "../../../support/localAzure";
import { signIn } from "../../../support/signIn";
import { Facts } from "./facts";
import { applicationUrl, graphCalls, graphScope, readerRole, workspaceCalls, workspaceUrl } from "./requests";

const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** What the stack has, by the addresses that Azure gave. */
export interface Targets {
  readonly vaultUri: string;
  readonly secrets: readonly string[];
  readonly lakeUrl: string;
  readonly fileSystems: readonly string[];
  /** Name of the daemon by the ID of its application, and of its client. */
  readonly applications: ReadonlyMap<string, string>;
  readonly daemons: ReadonlyMap<string, string>;
}

/** A client secret, as somebody finds it. */
export interface Found {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Signs in at a scope; undefined where Entra ID refuses. */
export type SignIn = (scope: string) => Promise<string | undefined>;

/** Asks Azure what somebody can do, request by request, and goes on as everyone whom that lets them sign in as. */
export class AzureAnswers {
  readonly facts = new Facts();
  /** The daemons that somebody could sign in as, each with the first secret that was found. */
  readonly met = new Map<string, Found>();
  private readonly asked = new Map<string, Promise<Own>>();

  constructor(
    private readonly azure: LocalAzureForTests,
    private readonly targets: Targets,
  ) {}

  /** Adds all that somebody can do, by themselves and as others. */
  ask(who: string, signIn: SignIn): Promise<void> {
    return this.spread(who, () => this.own(who, signIn));
  }

  /** Adds what somebody can do as the owner of applications, and nothing that they hold besides. */
  askOwner(who: string, signIn: SignIn, applications: ReadonlyMap<string, string>): Promise<void> {
    return this.spread(who, async () => {
      const own: Own = { can: [], signsInAs: new Map() };
      await this.askApplications(signIn, own, applications);
      return own;
    });
  }

  private async spread(who: string, begin: () => Promise<Own>): Promise<void> {
    const seen = new Set([who]);
    let owns = [await begin()];
    while (owns.length > 0) {
      for (const { can } of owns) for (const [ability, what] of can) this.facts.add(who, ability, what);
      const next = owns.flatMap(({ signsInAs }) => [...signsInAs]).filter(([name]) => name !== who);
      for (const [name, found] of next) {
        this.facts.add(who, "act as it", name);
        if (!this.met.has(name)) this.met.set(name, found);
      }
      const fresh = new Map(next.filter(([name]) => !seen.has(name)));
      owns = await Promise.all([...fresh].map(([name, found]) => this.own(name, this.secret(found))));
      [...fresh.keys()].forEach((name) => seen.add(name));
    }
  }

  /** A workload that shows its platform's token: the daemons that take it, and all that they can. */
  async askWorkload(who: string, token: string): Promise<void> {
    for (const [clientId, daemon] of this.targets.daemons) {
      const as = this.assertion(clientId, token);
      if ((await as(graphScope)) === undefined) continue;
      this.facts.add(who, "act as it", daemon);
      await this.ask(daemon, as);
      const own = this.facts.where((fact) => fact.who === daemon);
      own.forEach(({ can, what }) => this.facts.add(who, can, what));
    }
  }

  secret({ clientId, clientSecret }: Found): SignIn {
    return this.form({ client_id: clientId, client_secret: clientSecret });
  }

  private assertion(clientId: string, token: string): SignIn {
    return this.form({ client_id: clientId, client_assertion_type: JWT_BEARER, client_assertion: token });
  }

  private form(form: Record<string, string>): SignIn {
    const tokens = new Map<string, Promise<string | undefined>>();
    const fetched = async (scope: string): Promise<string | undefined> =>
      (await signIn(this.azure, { ...form, scope })).body.access_token;
    return (scope) => {
      const token = tokens.get(scope) ?? fetched(scope);
      tokens.set(scope, token);
      return token;
    };
  }

  private own(name: string, as: SignIn): Promise<Own> {
    const known = this.asked.get(name) ?? this.askOwn(as);
    this.asked.set(name, known);
    return known;
  }

  private async askOwn(as: SignIn): Promise<Own> {
    const own: Own = { can: [], signsInAs: new Map() };
    await Promise.all([
      this.askVault(as, own),
      this.askLake(as, own),
      this.askGraph(as, own),
      this.askWorkspace(as, own),
      this.askApplications(as, own, this.targets.applications),
    ]);
    return own;
  }

  private async askVault(as: SignIn, { can, signsInAs }: Own): Promise<void> {
    for (const name of this.targets.secrets) {
      const url = `${this.targets.vaultUri}secrets/${name}?api-version=7.4`;
      const { status, body } = await this.send(as, "https://vault.azure.net/.default", "GET", url);
      if (status === 200) {
        can.push(["read secrets", name]);
        const { clientId, clientSecret } = JSON.parse((body as { value: string }).value) as Partial<Found>;
        const daemon = this.targets.daemons.get(clientId ?? "");
        if (daemon !== undefined && clientId !== undefined && clientSecret !== undefined) {
          signsInAs.set(daemon, { clientId, clientSecret });
        }
      }
      const written = await this.send(as, "https://vault.azure.net/.default", "PUT", url, { value: "of a probe" });
      if (written.status < 300) can.push(["write secrets", name]);
    }
  }

  private async askLake(as: SignIn, { can }: Own): Promise<void> {
    const scope = "https://storage.azure.com/.default";
    for (const name of this.targets.fileSystems) {
      const address = `${this.targets.lakeUrl}${name}`;
      const listed = await this.send(as, scope, "GET", `${address}?resource=filesystem&recursive=false`);
      if (listed.status === 200) can.push(["read files", name]);
      const written = await this.send(as, scope, "PUT", `${address}/${randomUUID()}?resource=file`);
      if (written.status === 201) can.push(["write files", name]);
    }
  }

  private async askGraph(as: SignIn, { can }: Own): Promise<void> {
    for (const [permission, url] of Object.entries(graphCalls)) {
      const { status } = await this.send(as, graphScope, "GET", url);
      if (status === 200) can.push(["call the API", permission]);
    }
  }

  private async askWorkspace(as: SignIn, { can }: Own): Promise<void> {
    const ask = (method: string, path: string, version: string, body?: object) =>
      this.send(
        as,
        "https://management.azure.com/.default",
        method,
        `${workspaceUrl}${path}?api-version=${version}`,
        body,
      );
    for (const [ability, [method, path, body]] of Object.entries(workspaceCalls)) {
      const { status } = await ask(method, path, "2024-10-01", body);
      if (status !== 403 && status !== 401) can.push([ability, "mlw-forecast"]);
    }
    const assignment = `/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
    const properties = { roleDefinitionId: readerRole, principalId: randomUUID(), principalType: "ServicePrincipal" };
    const { status } = await ask("PUT", assignment, "2022-04-01", { properties });
    if (status !== 403 && status !== 401) can.push(["assign roles", "mlw-forecast"]);
  }

  /** Whoever can add a password to an application can sign in as it. */
  private async askApplications(
    as: SignIn,
    { signsInAs }: Own,
    applications: ReadonlyMap<string, string>,
  ): Promise<void> {
    for (const [id, daemon] of applications) {
      const url = `${applicationUrl(id)}/addPassword`;
      const { status, body } = await this.send(as, graphScope, "POST", url, { passwordCredential: {} });
      if (status !== 200) continue;
      const [clientId = ""] = [...this.targets.daemons].find(([, name]) => name === daemon) ?? [];
      signsInAs.set(daemon, { clientId, clientSecret: (body as { secretText: string }).secretText });
    }
  }

  private async send(
    as: SignIn,
    scope: string,
    method: string,
    url: string,
    body?: object,
  ): Promise<{ status: number; body: unknown }> {
    const token = await as(scope);
    if (token === undefined) return { status: 401, body: undefined };
    const response = await this.azure.fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "x-ms-version": "2023-11-03",
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status === 501) throw new Error(`${method} ${url}: ${text}`);
    return { status: response.status, body: text.startsWith("{") ? (JSON.parse(text) as unknown) : text };
  }
}

/** What one identity can do by itself. */
interface Own {
  readonly can: [ability: string, what: string][];
  readonly signsInAs: Map<string, Found>;
}
