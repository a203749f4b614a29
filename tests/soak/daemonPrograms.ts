import type { LocalAzureForTests } from "../support/localAzure";
import { resourceGroupId, resourceGroups } from "../../local/azure/landingZone/layout";
import { Administrator } from "../support/delivery";
import type { DaemonSettings } from "./configuration";

interface Held {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * The daemons at work: each reads the vault once a day, at noon, and signs in with what it has read the day before, and then
 * with what it has read now. As nothing changes between two runs but the time, a day without a run tries one daemon, and a
 * day after a run all of them.
 */
export class DaemonPrograms {
  private readonly held = new Map<string, Held>();
  /** Whose secret was taken away on purpose, since it has read the vault. */
  private readonly revoked = new Set<string>();
  private lastRun = 0;

  constructor(private readonly local: LocalAzureForTests) {}

  revoke(name: string): void {
    this.revoked.add(name);
  }

  /** @param hasRun whether a run was that morning @returns whom Entra ID has refused */
  async noon(day: number, daemons: readonly DaemonSettings[], hasRun: boolean): Promise<string[]> {
    if (hasRun) this.lastRun = day;
    const isNear = day - this.lastRun <= 1;
    const atWork = isNear ? daemons : daemons.slice(day % daemons.length, (day % daemons.length) + 1);
    const problems: string[] = [];
    const vault = isNear ? await this.vaultName() : "";
    for (const { name } of atWork) {
      const before = this.held.get(name);
      if (before !== undefined && !this.revoked.has(name)) {
        problems.push(...(await this.signIn(name, before, "read the day before")));
      }
      if (!isNear) continue;
      const now = await this.read(vault, name);
      this.held.set(name, now);
      this.revoked.delete(name);
      problems.push(...(await this.signIn(name, now, "just read")));
    }
    return problems;
  }

  private async signIn(name: string, { clientId, clientSecret }: Held, what: string): Promise<string[]> {
    try {
      await this.local.tokenFor({ clientId, clientSecret, scope: "https://graph.microsoft.com/.default" });
      return [];
    } catch (error) {
      return [`${name} can't sign in with the secret that it has ${what}: ${String(error)}`];
    }
  }

  private async read(vault: string, name: string): Promise<Held> {
    const url = `https://${vault}.vault.azure.net/secrets/${name}-credential?api-version=7.4`;
    const { status, body } = await this.local.call("consumer", "https://vault.azure.net/.default", "GET", url);
    if (status !== 200) throw new Error(`${url}: ${status} ${JSON.stringify(body)}`);
    return JSON.parse((body as { readonly value: string }).value) as Held;
  }

  private async vaultName(): Promise<string> {
    const path = `${resourceGroupId(resourceGroups.daemons)}/resources`;
    const { value } = (await new Administrator(this.local).arm("GET", path, "2021-04-01")) as {
      readonly value: readonly { readonly name: string; readonly type: string }[];
    };
    return value.find(({ type }) => type === "Microsoft.KeyVault/vaults")?.name ?? "";
  }
}
