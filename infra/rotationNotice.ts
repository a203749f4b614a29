import { inUtc } from "../components/checks/moments";
import { credentialWords } from "../components/identity/rotationWords";
import type { Configuration } from "./config";

/** Of the daemons that share a line, so many are named. */
const NAMED = 3;

/**
 * What comes next of each daemon's credentials and when, in one message: a line for all daemons of the same words.
 *
 * @returns nothing where no daemon has a credential that ends
 */
export function rotationNotice({ daemons, asOf }: Pick<Configuration, "daemons" | "asOf">): string | undefined {
  const byWords = new Map<string, string[]>();
  for (const { name, secret, certificate } of daemons) {
    const words = credentialWords({ secret, certificate }, asOf);
    if (words === undefined) continue;
    byWords.set(words, [...(byWords.get(words) ?? []), name]);
  }
  if (byWords.size === 0) return undefined;
  const lines = [...byWords].map(([words, names]) => `  ${list(names)}: ${words}`);
  return [`Rotation, as of ${inUtc(asOf)}:`, ...lines].join("\n");
}

function list(names: readonly string[]): string {
  const rest = names.length - NAMED;
  const named = names.slice(0, rest > 1 ? NAMED : names.length).join(", ");
  return rest > 1 ? `${named} and ${rest} more` : named;
}
