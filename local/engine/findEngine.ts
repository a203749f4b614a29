import { builtEngine } from "./goBuild";
import { cachedEngine } from "./cache";
import { downloadedEngine } from "./download";
import { EngineError, type Tried } from "./engineError";
import type { Attempt, Engine, EngineSearch } from "./engineSearch";
import { onPath, tryExecutable } from "./executable";
import { pinnedVersion } from "./version";

interface Way {
  readonly what: string;
  readonly attempt: (search: EngineSearch) => Promise<Attempt>;
  /** Takes a while: the user hears how it went. */
  readonly slow: boolean;
}

const ways: readonly Way[] = [
  { what: "`pulumi` on PATH", attempt: pathEngine, slow: false },
  { what: `the cache of version ${pinnedVersion}`, attempt: cachedEngine, slow: false },
  { what: "Pulumi's own download", attempt: downloadedEngine, slow: true },
  { what: "a build of the published Go module", attempt: builtEngine, slow: true },
];

/**
 * Finds the Pulumi engine, or installs or builds it into the cache.
 *
 * @throws EngineError where every way fails
 */
export async function findEngine(search: EngineSearch): Promise<Engine> {
  const tried: Tried[] = [];
  for (const { what, attempt, slow } of ways) {
    const started = performance.now();
    const outcome = await attempt(search);
    const seconds = Math.round((performance.now() - started) / 1000);
    if ("engine" in outcome) {
      if (slow) {
        search.progress(
          `The Pulumi engine ${outcome.engine.version} is ready after ${seconds} s: ${outcome.engine.command}`,
        );
      }
      return outcome.engine;
    }
    tried.push({ what, reason: outcome.reason });
    if (slow) {
      search.progress(`No engine from ${what}: ${outcome.reason}`);
    }
  }
  throw new EngineError(tried);
}

async function pathEngine(search: EngineSearch): Promise<Attempt> {
  const command = onPath("pulumi", search.env["PATH"]);
  return command === undefined ? { reason: "there is none" } : await tryExecutable(command, search);
}
