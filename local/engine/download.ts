import { createRequire } from "node:module";
import { SemVer } from "semver";
import { fillCache } from "./cache";
import type { Attempt, EngineSearch } from "./engineSearch";
import { pinnedVersion } from "./version";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

/** The address of the script that the Automation API downloads and runs. */
export const installationScript = "https://get.pulumi.com/install.sh";

const probeTimeoutMs = 8_000;
const installTimeoutMs = 5 * 60_000;

/** Lets the Automation API install the engine. Where its download host does not answer, that is known within seconds. */
export async function downloadedEngine(search: EngineSearch): Promise<Attempt> {
  const closed = await whyClosed(search.downloadProbe);
  if (closed !== undefined) {
    return { reason: closed };
  }
  search.progress(`Downloading the Pulumi engine ${pinnedVersion} from ${new URL(search.downloadProbe).host} …`);
  return await fillCache(search, async (directory) => {
    const { PulumiCommand } = later("@pulumi/pulumi/automation") as typeof import("@pulumi/pulumi/automation");
    const installed = PulumiCommand.install({ version: new SemVer(pinnedVersion), root: directory }).then(
      () => undefined,
      (error: unknown) => `the installation failed: ${firstLine(error)}`,
    );
    return await Promise.race([
      installed,
      timeout(`the download did not end within ${installTimeoutMs / 60_000} minutes`),
    ]);
  });
}

async function whyClosed(address: string): Promise<string | undefined> {
  const { host } = new URL(address);
  try {
    const { ok, status } = await fetch(address, { method: "HEAD", signal: AbortSignal.timeout(probeTimeoutMs) });
    return ok ? undefined : `${host} answered ${status}`;
  } catch (error) {
    const { cause } = error as { cause?: { code?: string; message?: string } };
    return `${host} can't be reached (${cause?.code ?? cause?.message ?? (error as Error).message})`;
  }
}

function timeout(reason: string): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(resolve, installTimeoutMs, reason).unref();
  });
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n").find((line) => line.trim() !== "") ?? "no reason given";
}
