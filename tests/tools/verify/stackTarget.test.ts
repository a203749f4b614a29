import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stackTarget } from "../../../tools/verify/stackTarget";
import type { Target } from "../../../tools/verify/target";

let directory: string;

const target = (daemons: readonly string[]): Promise<Target> =>
  stackTarget("dev", daemons, { ...process.env, PATH: `${directory}:${process.env.PATH ?? ""}` });

/** Makes a pulumi command that runs the given lines of shell. */
async function pulumi(...lines: string[]): Promise<void> {
  const file = join(directory, "pulumi");
  await writeFile(file, ["#!/bin/sh", ...lines, ""].join("\n"));
  await chmod(file, 0o755);
}

const outputs = (of: unknown): string => `echo '${JSON.stringify(of)}'`;
const vaultUri = "https://kv-daemons.vault.azure.net/";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "verify-stack-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe("--stack", () => {
  it("takes the vault and the daemons from the stack's outputs", async () => {
    await pulumi(outputs({ vaultUri, daemons: ["forecast-loader", "report-mailer"], contractVersion: 1 }));
    expect(await target([])).toEqual({
      vaultUrl: "https://kv-daemons.vault.azure.net",
      stack: "dev",
      secrets: ["forecast-loader-credential", "report-mailer-credential"],
    });
  });

  it("tells apart a daemon whose credential is delivered in other formats", async () => {
    const uri = "https://kv-daemons.vault.azure.net/secrets/loader-datalake-gen1";
    await pulumi(outputs({ vaultUri, daemons: ["loader", "mailer"], "loader.secretUri.datalake-gen1": uri }));
    expect(await target([])).toMatchObject({ secrets: ["mailer-credential"], unreadable: ["loader"] });
  });

  it("asks for the stack that was named, and for no secret", async () => {
    await pulumi(`[ "$*" = "stack output --json --stack dev --non-interactive" ] && ${outputs({ vaultUri })}`);
    expect(await target([])).toEqual({ vaultUrl: "https://kv-daemons.vault.azure.net" });
  });

  it("takes the daemons that are named with it", async () => {
    await pulumi(outputs({ vaultUri, daemons: ["forecast-loader", "report-mailer"] }));
    expect((await target(["report-mailer"])).secrets).toEqual(["report-mailer-credential"]);
  });

  it("refuses a daemon that the stack has not", async () => {
    await pulumi(outputs({ vaultUri, daemons: ["forecast-loader"] }));
    await expect(target(["mailer"])).rejects.toThrow("--daemon: the stack dev has no mailer; it has forecast-loader.");
  });

  it("refuses a stack that was never deployed", async () => {
    await pulumi(outputs({}));
    await expect(target([])).rejects.toThrow(
      "--stack: the stack dev has no output vaultUri. Run `pulumi up` on it first.",
    );
  });

  it("passes on what pulumi says of a stack that is not there", async () => {
    await pulumi("echo \"error: no stack named 'dev' found\" >&2", "exit 255");
    await expect(target([])).rejects.toThrow("pulumi stack output failed: no stack named 'dev' found");
  });

  it("says what to do without a pulumi command", async () => {
    await expect(stackTarget("dev", [], { PATH: directory })).rejects.toThrow(
      "There is no pulumi command on PATH. Install it: https://www.pulumi.com/docs/install/.",
    );
  });
});
