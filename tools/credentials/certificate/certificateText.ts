import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import type { FileCertificate } from "./fileCertificate";

/** A part of a text, and what stands there instead. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const STEP = "  ";

/** A stack's file as text, in which only the certificates of one daemon change. */
export class CertificateText {
  private readonly newline: string;

  /** @param daemon its settings in block style, read with their source tokens */
  constructor(
    private readonly text: string,
    private readonly daemon: YAMLMap,
  ) {
    this.newline = text.includes("\r\n") ? "\r\n" : "\n";
  }

  get certificates(): FileCertificate[] {
    const list = this.daemon.getIn(["certificate", "certificates"]);
    if (!isSeq(list)) return [];
    return list.items.flatMap((item) => {
      if (!isMap(item)) return [];
      const text = (key: string): string => {
        const value = item.get(key);
        return typeof value === "string" ? value : "";
      };
      return [{ name: text("name"), pem: text("pem"), secretUri: text("secretUri") }];
    });
  }

  /** The text with certificates at the end of the daemon's list, and without those of some names. */
  edited(added: readonly FileCertificate[], removed: ReadonlySet<string>): string {
    const list = this.daemon.getIn(["certificate", "certificates"]);
    const kept = this.certificates.filter(({ name }) => !removed.has(name));
    const inLines = isSeq(list) && list.flow !== true && list.items.length > 0;
    const edits = inLines ? this.inList(list, added, removed) : this.wholeList([...kept, ...added]);
    return [...edits]
      .sort((one, other) => other.from - one.from)
      .reduce((text, { from, to, text: inserted }) => text.slice(0, from) + inserted + text.slice(to), this.text);
  }

  /** Items in lines of their own stay as they are written; lines go, and lines come after the last. */
  private inList(list: YAMLSeq, added: readonly FileCertificate[], removed: ReadonlySet<string>): Edit[] {
    const source = list.srcToken?.type === "block-seq" ? list.srcToken.items : [];
    const items = list.items.flatMap((item, index) => {
      const { start = [] } = source[index] ?? {};
      const dash = start.find(({ type }) => type === "seq-item-ind")?.offset;
      return isMap(item) && dash !== undefined ? [{ item, dash, end: endOf(item) }] : [];
    });
    const gone = items
      .filter(({ item }) => removed.has(String(item.get("name"))))
      .map(({ dash, end }) => ({ from: this.lineStart(dash), to: end, text: "" }));
    const last = items.at(-1);
    if (last === undefined || added.length === 0) return gone;
    return [...gone, this.insertedAt(last.end, this.items(added, this.indentAt(last.dash)))];
  }

  /** A list that is not there yet, is empty, or is written in brackets. */
  private wholeList(certificates: readonly FileCertificate[]): Edit[] {
    const pair = pairOf(this.daemon, "certificate");
    const indent = this.indentAt(startOf(this.daemon));
    const list = `${STEP}${indent}certificates:${this.newline}${this.items(certificates, indent + STEP + STEP)}`;
    if (pair === undefined) {
      return [this.insertedAt(endOf(this.daemon), `${indent}certificate:${this.newline}${list}`)];
    }
    if (!isMap(pair.value) || pair.value.flow === true) return this.valueReplaced(pair, list);
    const inner = pairOf(pair.value, "certificates");
    if (inner === undefined) return [this.insertedAt(endOf(pair.value), list)];
    return this.valueReplaced(inner, this.items(certificates, this.indentAt(inner.key.range?.[0] ?? 0) + STEP));
  }

  /** The lines of a value in block style go under its key, in whose line a comment stays. */
  private valueReplaced({ key, value }: FoundPair, lines: string): Edit[] {
    const keyEnd = key.range?.[1] ?? 0;
    const colon = this.text.indexOf(":", keyEnd) + 1;
    const [, end] = (value as { readonly range?: readonly number[] } | null)?.range ?? [];
    const to = Math.max(end ?? colon, colon);
    return [{ from: colon, to, text: "" }, this.insertedAt(this.nextLine(to), lines)];
  }

  private insertedAt(at: number, lines: string): Edit {
    const text = at > 0 && this.text[at - 1] !== "\n" ? `${this.newline}${lines}` : lines;
    return { from: at, to: at, text };
  }

  private items(certificates: readonly FileCertificate[], indent: string): string {
    return certificates
      .flatMap(({ name, pem, secretUri }) => [
        `- name: ${JSON.stringify(name)}`,
        "  pem: |",
        ...pem
          .trimEnd()
          .split(/\r?\n/)
          .map((line) => `    ${line}`),
        `  secretUri: ${secretUri}`,
      ])
      .map((line) => `${indent}${line}${this.newline}`)
      .join("");
  }

  private lineStart(at: number): number {
    return this.text.lastIndexOf("\n", at - 1) + 1;
  }

  private nextLine(at: number): number {
    const end = this.text.indexOf("\n", at);
    return end === -1 ? this.text.length : end + 1;
  }

  /** Spaces up to where something stands in its line. */
  private indentAt(at: number): string {
    return " ".repeat(at - this.lineStart(at));
  }
}

type FoundPair = Pair<Scalar>;

const pairOf = (map: YAMLMap, name: string): FoundPair | undefined =>
  map.items.find((pair): pair is FoundPair => isScalar(pair.key) && pair.key.value === name);

const startOf = ({ range }: YAMLMap): number => range?.[0] ?? 0;
const endOf = ({ range }: YAMLMap): number => range?.[1] ?? 0;
