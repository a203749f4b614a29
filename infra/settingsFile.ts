import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { basename } from "node:path";
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from "yaml";
import { NAMESPACE } from "./problems";

/** A stack's file, as far as errors name places in it. */
export class SettingsFile {
  private constructor(
    /** As "Pulumi.dev.yaml". */
    readonly name: string,
    private readonly config: unknown,
    private readonly lines: LineCounter,
    private readonly raw: Readonly<Record<string, string | undefined>>,
  ) {}

  /**
   * @param raw the values that the program has, by setting: of one that comes from elsewhere the file has no line
   * @returns one without lines where the file can't be read
   */
  static at(path: string, raw: Readonly<Record<string, string | undefined>>): SettingsFile {
    const lines = new LineCounter();
    return new SettingsFile(basename(path), configIn(path, lines), lines, raw);
  }

  /** The line of a setting, or of the one around it where it is missing; undefined where that is none of the file. */
  lineOf(path: string): number | undefined {
    const [setting, ...rest] = stepsOf(path);
    const own = [`${NAMESPACE}:${String(setting)}`, String(setting)];
    const pair = isMap(this.config) ? this.config.items.find((each) => own.includes(keyOf(each))) : undefined;
    if (pair === undefined || !this.isGiven(String(setting), pair.value)) return undefined;
    const offset = deepest(pair as Pair<Node>, rest);
    return offset === undefined ? undefined : this.lines.linePos(offset).line;
  }

  private isGiven(setting: string, value: unknown): boolean {
    const given = this.raw[setting];
    const written = (value as Node | null)?.toJSON() as unknown;
    if (given === undefined) return false;
    return typeof written === "string" ? written === given : isDeepStrictEqual(parsed(given), written);
  }
}

function configIn(path: string, lineCounter: LineCounter): unknown {
  try {
    const document = parseDocument(readFileSync(path, "utf8"), { lineCounter });
    return document.errors.length === 0 ? document.get("config") : undefined;
  } catch {
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `daemons[1].tags["a b"]` in its steps. */
const stepsOf = (path: string): (string | number)[] =>
  [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(([, index, quoted, name = ""]) => {
    if (index !== undefined) return Number(index);
    return quoted === undefined ? name : String(JSON.parse(quoted));
  });

const keyOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : "");

/** Where the last step begins that is there. */
function deepest({ key, value }: Pair<Node>, steps: readonly (string | number)[]): number | undefined {
  let offset = key.range?.[0];
  let node = value;
  for (const step of steps) {
    if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else {
      const pair = isMap(node) ? node.items.find((each) => keyOf(each) === step) : undefined;
      if (pair === undefined) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    }
  }
  return offset;
}
