import { CommanderError } from "commander";
import { perform } from "../../../tools/credentials/cli";
import type { Shell } from "../../../tools/credentials/outcome";
import { vaultUrlOf } from "../../../tools/credentials/vaultOption";

const shell: Shell = { progress: () => undefined, hide: () => undefined, env: {} };

async function printed(...argv: string[]): Promise<{ readonly code: number; readonly text: string }> {
  let text = "";
  const print = (part: string): void => void (text += part);
  try {
    await perform(argv, { out: print, err: print }, shell);
    return { code: 0, text };
  } catch (error) {
    if (error instanceof CommanderError) return { code: error.exitCode, text };
    throw error;
  }
}

describe("npm run credentials", () => {
  it("says in its help what the exit codes are, and which identity acts", async () => {
    const { code, text } = await printed("--help");
    expect(code).toBe(0);
    expect(text).toContain("1 where a step failed; 2 for wrong arguments.");
    expect(text).toContain("The identity that acts is whatever the Azure SDK finds");
  });

  it("refuses a command that there isn't", async () => {
    expect((await printed("certifcate")).code).not.toBe(0);
  });

  it("takes the vault's address without the slash at its end", async () => {
    expect(await vaultUrlOf({ vault: "https://kv-daemons.vault.azure.net/" })).toBe(
      "https://kv-daemons.vault.azure.net",
    );
  });

  it("wants to be told the vault", async () => {
    await expect(vaultUrlOf({})).rejects.toThrow(
      "Name the vault: --vault <url>, or --stack <name> of a stack that has one.",
    );
  });
});
