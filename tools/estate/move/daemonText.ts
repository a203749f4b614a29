import { type Document, isAlias, isMap, isScalar, isSeq, visit, type YAMLMap, type YAMLSeq } from "yaml";
import { UsageError } from "../../cli/failure";
import { daemonNames, daemonSettings, parsedSettings } from "../../settings/daemonSettings";

/** A settings file. */
export interface SettingsText {
  /** For messages. */
  readonly file: string;
  readonly text: string;
  /** Name of the setting with the daemons. */
  readonly setting: string;
}

/**
 * A daemon's settings as lines, from its dash on, without the indentation that all have.
 *
 * @throws UsageError where the file has no such daemon, or not in block style, or with what another file cannot have
 */
export function daemonIn(settings: SettingsText, daemon: string): readonly string[] {
  const { text } = settings;
  const { first, last } = placeOf(settings, daemon);
  const lines = linesOf(text).slice(first, last);
  const indent = indentOf(lines.find((line) => !isComment(line)) ?? "");
  return lines.map((line) => line.slice(Math.min(indent, indentOf(line))).replace(/\r?\n$/, ""));
}

/** Whether the file has the daemon. */
export function hasDaemon(settings: SettingsText, daemon: string): boolean {
  return daemonNames(listIn(settings)).includes(daemon);
}

/** The file's text without the daemon; every other byte stays. */
export function withoutDaemon(settings: SettingsText, daemon: string): string {
  const { text } = settings;
  const { list, first, last } = placeOf(settings, daemon);
  const lines = linesOf(text);
  const rest = [...lines.slice(0, first), ...lines.slice(last)];
  if (list.items.length > 1) return rest.join("");
  const key = keyLine(settings);
  const emptied = (line: string): string => line.replace(/:(?=[ \t]*(#.*)?\r?\n?$)/, ": []");
  return rest.map((line, index) => (index === key ? emptied(line) : line)).join("");
}

/** The file's text with the daemon at the end of its list; every other byte stays. */
export function withDaemon(settings: SettingsText, lines: readonly string[]): string {
  const { file, text, setting } = settings;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const all = linesOf(text);
  const list = listIn(settings);
  const written = (indent: number): string[] =>
    lines.map((line) => (line === "" ? newline : `${" ".repeat(indent)}${line}${newline}`));
  if (isSeq(list) && list.items.length > 0) {
    refuseBraces(list, settings);
    const last = list.items.at(-1);
    const place = placeAt(text, last as YAMLMap);
    return inserted(all, place.last, written(place.indent), newline);
  }
  const key = keyLine(settings);
  if (key !== undefined) {
    const line = (all[key] ?? "").replace(/:[ \t]*(\[[ \t]*\]|null|~)/, ":");
    const replaced = [...all.slice(0, key), line, ...all.slice(key + 1)];
    return inserted(replaced, key + 1, written(indentOf(line) + STEP), newline);
  }
  const config = parsed(settings).get("config");
  if (!isMap(config) || config.flow === true || config.items.length === 0) {
    throw new UsageError(`${file}: config: write it in block style, each setting on a line of its own.`);
  }
  const place = placeAt(text, config);
  const head = `${" ".repeat(place.indent)}${setting}:${newline}`;
  return inserted(all, place.last, [head, ...written(place.indent + STEP)], newline);
}

const STEP = 2;

function inserted(all: readonly string[], at: number, lines: readonly string[], newline: string): string {
  const before = all.slice(0, at);
  const last = before.at(-1);
  if (last !== undefined && !last.endsWith("\n")) before[before.length - 1] = `${last}${newline}`;
  return [...before, ...lines, ...all.slice(at)].join("");
}

interface Place {
  /** Its first line, with the comments right above. */
  readonly first: number;
  /** The line after its last. */
  readonly last: number;
  readonly indent: number;
  /** Whether its first line begins with a dash. */
  readonly isItem: boolean;
}

function placeOf(settings: SettingsText, daemon: string): Place & { readonly list: YAMLSeq } {
  const { file } = settings;
  const list = listIn(settings);
  const item = daemonSettings(list, daemon, file);
  if (!isSeq(list)) throw new UsageError(`${file} has no list of daemons.`);
  refuseBraces(list, settings);
  refuseBraces(item, settings);
  refuseForeign(item, settings, daemon);
  const place = placeAt(settings.text, item);
  if (!place.isItem) throw new UsageError(`${file}: ${daemon}: write the dash and the first setting on one line.`);
  return { ...place, list };
}

/** Lines of a node in block style: from its own to the next that is indented no deeper. */
function placeAt(text: string, node: YAMLMap): Place {
  const all = linesOf(text);
  const start = lineAt(text, node.range?.[0] ?? 0);
  const indent = indentOf(all[start] ?? "");
  const isItem = (all[start] ?? "").trimStart().startsWith("- ");
  const isInside = (line: string): boolean =>
    line.trim() === "" || (isItem ? indentOf(line) > indent : indentOf(line) >= indent);
  let last = start + 1;
  while (last < all.length && isInside(all[last] ?? "")) last += 1;
  // Empty lines belong to what follows.
  while ((all[last - 1] ?? "").trim() === "") last -= 1;
  let first = start;
  while (isComment(all[first - 1] ?? "") && indentOf(all[first - 1] ?? "") === indent) first -= 1;
  return { first, last, indent, isItem };
}

function refuseBraces(node: YAMLMap | YAMLSeq, { file, setting }: SettingsText): void {
  if (node.flow !== true) return;
  throw new UsageError(`${file}: ${setting}: write the daemons in block style, each setting on a line of its own.`);
}

/** An anchor is of this file alone, and so is a value that is encrypted with this stack's key. */
function refuseForeign(item: YAMLMap, { file }: SettingsText, daemon: string): void {
  visit(item, (key, node) => {
    const isAnchored = isAlias(node) || (isScalar(node) && node.anchor !== undefined);
    if (isAnchored) throw new UsageError(`${file}: ${daemon}: write its values without anchors and aliases.`);
    if (isScalar(node) && key === "key" && node.value === "secure") {
      throw new UsageError(
        `${file}: ${daemon}: it has a value that is encrypted for this stack. Write it in the clear.`,
      );
    }
  });
}

const parsed = ({ file, text }: SettingsText): Document => parsedSettings(text, file);

const listIn = (settings: SettingsText): unknown => parsed(settings).getIn(["config", settings.setting]);

/** The line with the setting's name. */
function keyLine(settings: SettingsText): number | undefined {
  const config = parsed(settings).get("config");
  if (!isMap(config)) return undefined;
  const pair = config.items.find(({ key }) => isScalar(key) && key.value === settings.setting);
  return isScalar(pair?.key) ? lineAt(settings.text, pair.key.range?.[0] ?? 0) : undefined;
}

const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length - 1;
const indentOf = (line: string): number => line.length - line.trimStart().length;
const isComment = (line: string): boolean => line.trimStart().startsWith("#");
