import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from "yaml";
import { didYouMean } from "../../components/checks/nearest";
import { UsageError } from "../cli/failure";

/**
 * Reads a settings file, with its source tokens.
 *
 * @param file for the message
 * @throws UsageError where it is not valid YAML
 */
export function parsedSettings(text: string, file: string): Document {
  const document = parseDocument(text, { keepSourceTokens: true });
  if (document.errors.length === 0) return document;
  const problems = document.errors.map(({ message }) => message.trim()).join("; ");
  throw new UsageError(`${file} is not valid YAML: ${problems}`);
}

/** The names in a settings file's list of daemons, each at its place; empty where an item has none. */
export const daemonNames = (list: unknown): string[] => (isSeq(list) ? list.items.map(nameOf) : []);

function nameOf(item: unknown): string {
  const name = isMap(item) ? item.get("name") : undefined;
  return typeof name === "string" ? name : "";
}

/**
 * A daemon's settings.
 *
 * @param list of daemons, as the file has it
 * @param file for the message
 * @throws UsageError where the list has no such daemon
 */
export function daemonSettings(list: unknown, daemon: string, file: string): YAMLMap {
  const names = daemonNames(list);
  const item = isSeq(list) ? list.items[names.indexOf(daemon)] : undefined;
  if (isMap(item)) return item;
  const known = names.length === 0 ? "It has none." : `It has ${names.join(", ")}.`;
  throw new UsageError(`${file} has no daemon "${daemon}". ${didYouMean(daemon, names, known)}`);
}
