import { didYouMean } from "../checks/nearest";
import type { ReferencedDaemon } from "./stackFacts";
import { StackReferenceError } from "./stackReferenceError";

type Daemons = Readonly<Record<string, ReferencedDaemon>>;

/** @throws StackReferenceError, with the nearest names, where it isn't among the daemons that were read */
export function daemonOf(stack: string, daemons: Daemons, name: string): ReferencedDaemon {
  const daemon = daemons[name];
  if (daemon) return daemon;
  throw new StackReferenceError(stack, [noSuchDaemon(name, Object.keys(daemons), "what was read of it")]);
}

/** @throws StackReferenceError where the daemon wasn't read, or isn't delivered in the format */
export function uriOf(stack: string, daemons: Daemons, name: string, format: string): string {
  const { secretUris } = daemonOf(stack, daemons, name);
  const uri = secretUris[format];
  if (uri !== undefined) return uri;
  throw new StackReferenceError(stack, [
    `daemon "${name}": is not delivered in the format "${format}". There are ${quoted(Object.keys(secretUris))}. Ask the stack's owners to add it to the daemon's formats.`,
  ]);
}

/** The sentence for a daemon that isn't there. */
export function noSuchDaemon(name: string, known: readonly string[], where: string): string {
  const fix = didYouMean(name, known, known.length === 0 ? "There are none." : `There are ${quoted(known)}.`);
  return `daemon "${name}": is not in ${where}. ${fix}`;
}

const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(", ") || "none";
