import { LocalAzureForTests } from "../../support/localAzure";
import type { Ended } from "../../support/command";
import { Administrator, vaultUrl, type Delivery } from "../../support/delivery";
import { runVerify } from "../../support/toolCommand";
import type { GraphAccess, LakeAccess } from "../../../tools/verify/credential";
import type { JsonReport } from "../../../tools/verify/report";
import type { CheckName, Row } from "../../../tools/verify/rows";

export const graphOf = ({ credential: { graph } }: Delivery): GraphAccess => graph ?? fail("graph");
export const lakeOf = ({ credential: { lake } }: Delivery): LakeAccess => lake ?? fail("lake");

function fail(block: string): never {
  throw new Error(`the credential has no ${block}`);
}

export const report = ({ stdout }: Ended): JsonReport => JSON.parse(stdout) as JsonReport;

/** "daemon check result" of every row, or of one daemon's. */
export const results = (ended: Ended, only?: string): string[] =>
  report(ended)
    .checks.filter(({ daemon }) => only === undefined || daemon === only)
    .map(({ daemon, check, result }) => `${daemon ?? "-"} ${check} ${result}`);

export const rowOf = (ended: Ended, check: CheckName, only?: string): Row | undefined =>
  report(ended).checks.find((row) => row.check === check && (only === undefined || row.daemon === only));

/** Runs verify on a local Azure with a vault and a lake, and keeps all that it prints. */
export class VerifyRuns {
  readonly administrator: Administrator;
  private printed = "";

  private constructor(readonly azure: LocalAzureForTests) {
    this.administrator = new Administrator(azure);
  }

  static async open(): Promise<VerifyRuns> {
    const runs = new VerifyRuns(await LocalAzureForTests.open());
    await runs.administrator.layOut();
    return runs;
  }

  close(): Promise<void> {
    return this.azure.close();
  }

  /** As the consumer, without waiting. */
  async verify(...args: string[]): Promise<Ended> {
    return this.kept(await runVerify(this.azure, "consumer", "--vault", vaultUrl, "--wait", "0", ...args));
  }

  kept(ended: Ended): Ended {
    this.printed += ended.stdout + ended.stderr;
    return ended;
  }

  /** Expects that no secret, token or credential's text was printed. @param least how many characters were, at least */
  expectNoSecret(deliveries: readonly Delivery[], least: number): void {
    expect(this.printed.length).toBeGreaterThan(least);
    const secrets = deliveries.map(({ credential }) => credential.clientSecret);
    const signedIn = (["consumer", "stranger"] as const).map((identity) => this.azure.secretOf(identity));
    for (const secret of [...secrets, ...signedIn, "clientSecret", "eyJ"]) expect(this.printed).not.toContain(secret);
  }
}
