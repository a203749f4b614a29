import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Document, isMap, isSeq, parseDocument, Scalar, type YAMLMap, YAMLSeq } from "yaml";
import { didYouMean } from "../../../components/checks/nearest";
import { UsageError } from "../../cli/failure";

/** A certificate as the stack's file has it. */
export interface FileCertificate {
  readonly name: string;
  readonly pem: string;
  readonly secretUri: string;
}

const SETTINGS = ["azure-daemon-access:daemons", "daemons"] as const;

/** The certificates of one daemon in a stack's file, whose comments and order stay as they are. */
export class StackFile {
  private constructor(
    /** Path of the file. */
    readonly path: string,
    private readonly document: Document,
    private readonly daemon: YAMLMap,
  ) {}

  /**
   * Opens `Pulumi.<stack>.yaml`.
   * @throws UsageError where there is no such file, it is no YAML, or has no such daemon
   */
  static open(directory: string, stack: string, daemon: string): StackFile {
    // A stack's full name has its organization and project before it.
    const path = join(directory, `Pulumi.${stack.split("/").at(-1) ?? ""}.yaml`);
    if (!existsSync(path)) throw new UsageError(`--stack: there is no ${path}. ${otherStacks(directory)}`);
    const document = parseDocument(readFileSync(path, "utf8"));
    if (document.errors.length > 0) {
      throw new UsageError(`${path} is no YAML: ${document.errors.map(({ message }) => message.trim()).join("; ")}`);
    }
    return new StackFile(path, document, daemonIn(document, daemon, path));
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

  /** Adds a certificate at the end. */
  add({ name, pem, secretUri }: FileCertificate): void {
    const block = new Scalar(pem);
    block.type = Scalar.BLOCK_LITERAL;
    const quoted = new Scalar(name);
    quoted.type = Scalar.QUOTE_DOUBLE;
    const item = this.document.createNode({ name: quoted, pem: block, secretUri });
    const list = this.daemon.getIn(["certificate", "certificates"]);
    if (isSeq(list)) list.add(item);
    else this.daemon.setIn(["certificate", "certificates"], sequenceOf(item));
  }

  /** Takes out the certificates of these names. */
  remove(names: readonly string[]): void {
    const list = this.daemon.getIn(["certificate", "certificates"]);
    if (!isSeq(list)) return;
    list.items = list.items.filter((item) => !isMap(item) || !names.includes(String(item.get("name"))));
  }

  /** Writes the file whole, or not at all. */
  save(): void {
    const unfinished = `${this.path}.new`;
    writeFileSync(unfinished, this.document.toString({ lineWidth: 0 }));
    renameSync(unfinished, this.path);
  }
}

function sequenceOf(item: unknown): YAMLSeq {
  const list = new YAMLSeq();
  list.add(item);
  return list;
}

function daemonIn(document: Document, daemon: string, path: string): YAMLMap {
  const lists = SETTINGS.map((setting) => document.getIn(["config", setting]));
  const list = lists.find((each) => isSeq(each));
  const items = isSeq(list) ? list.items.filter((item) => isMap(item)) : [];
  const names = items.map((item) => String(item.get("name")));
  const found = items[names.indexOf(daemon)];
  if (found) return found;
  const known = names.length === 0 ? "It has none." : `It has ${names.join(", ")}.`;
  throw new UsageError(`--daemon: ${path} has no daemon "${daemon}". ${didYouMean(daemon, names, known)}`);
}

function otherStacks(directory: string): string {
  const known = readdirSync(directory).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
  return known.length === 0 ? "Run it in the project's directory." : `The stacks here are ${known.join(", ")}.`;
}
