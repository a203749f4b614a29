import { runTool } from "../cli/runTool";
import { chosenTarget, type TargetOptions } from "../../../tools/verify/chosenTarget";
import type { Target } from "../../../tools/verify/target";

const target = (options: TargetOptions): Promise<Target> => chosenTarget(options, {});
const vault = "https://kv-daemons.vault.azure.net";

describe("what is verified", () => {
  it("is every credential of the vault", async () => {
    expect(await target({ vault: `${vault}/` })).toEqual({ vaultUrl: vault });
  });

  it("is the secrets of the daemons named", async () => {
    expect(await target({ vault, daemon: ["forecast-loader", "report-mailer"] })).toEqual({
      vaultUrl: vault,
      secrets: ["forecast-loader-credential", "report-mailer-credential"],
    });
  });

  it("is the secrets whose addresses are given", async () => {
    expect(await target({ secret: [`${vault}/secrets/a-credential`, `${vault}/secrets/b-credential`] })).toEqual({
      vaultUrl: vault,
      secrets: ["a-credential", "b-credential"],
    });
  });

  it.each<[TargetOptions, string]>([
    [{}, "Name the vault in one way: --vault <url>, --stack <name> or --secret <uri>; given: none of them."],
    [
      { vault, stack: "dev" },
      "Name the vault in one way: --vault <url>, --stack <name> or --secret <uri>; given: --vault and --stack.",
    ],
    [{ vault: "kv-daemons" }, `--vault: "kv-daemons" is not an https:// address, for example ${vault}.`],
    [
      { vault: "http://kv.vault.azure.net" },
      `--vault: "http://kv.vault.azure.net" is not an https:// address, for example ${vault}.`,
    ],
    [
      { vault: `${vault}/secrets/a` },
      `--vault: "${vault}/secrets/a" is more than a vault's address; name a single secret with --secret.`,
    ],
    [
      { secret: [vault] },
      `--secret: "${vault}" is not the address of a secret without its version, as <vault>/secrets/<name>.`,
    ],
    [
      { secret: [`${vault}/secrets/a`, "https://kv-other.vault.azure.net/secrets/b"] },
      `--secret: the secrets lie in ${vault} and https://kv-other.vault.azure.net; verify one vault at a time.`,
    ],
    [{ secret: [`${vault}/secrets/a`], daemon: ["b"] }, "--daemon goes with --vault or --stack; --secret says it all."],
  ])("is refused for %j", async (options, message) => {
    await expect(target(options)).rejects.toThrow(message);
  });

  it.each([
    ["--wait", "soon"],
    ["--wait", "-1"],
    ["--timeout", "0"],
    ["--timeout", ""],
  ])("takes no %s of '%s'", async (option, value) => {
    const { code, stderr } = await runTool(["verify", "--vault", vault, option, value]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Give seconds, from [01] to 3600\./);
  });
});
