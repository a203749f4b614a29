import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isSeq } from "yaml";
import { UsageError } from "../../cli/failure";
import { daemonSettings, parsedSettings } from "../../settings/daemonSettings";
import { writeWhole } from "../../settings/wholeFile";
import { CertificateText } from "./certificateText";
import type { FileCertificate } from "./fileCertificate";

const SETTINGS = ["azure-daemon-access:daemons", "daemons"] as const;

/** The certificates of one daemon in a stack's file, of which every other byte stays as it is. */
export class StackFile {
  readonly #added: FileCertificate[] = [];
  readonly #removed = new Set<string>();

  private constructor(
    /** Path of the file. */
    readonly path: string,
    private readonly text: CertificateText,
  ) {}

  /**
   * Opens `Pulumi.<stack>.yaml`.
   * @throws UsageError where there is no such file, it is not valid YAML, has no such daemon, or has it in braces
   */
  static open(directory: string, stack: string, daemon: string): StackFile {
    // A stack's full name has its organization and project before it.
    const path = join(directory, `Pulumi.${stack.split("/").at(-1) ?? ""}.yaml`);
    if (!existsSync(path)) throw new UsageError(`--stack: there is no ${path}. ${otherStacks(directory)}`);
    const text = readFileSync(path, "utf8");
    const document = parsedSettings(text, path);
    const lists = SETTINGS.map((setting) => document.getIn(["config", setting]));
    const found = daemonSettings(
      lists.find((each) => isSeq(each)),
      daemon,
      `--daemon: ${path}`,
    );
    if (found.flow === true) {
      throw new UsageError(
        `--daemon: ${path} has "${daemon}" in braces. Write it in block style, each setting on a line of its own, so that a certificate can be added.`,
      );
    }
    return new StackFile(path, new CertificateText(text, found));
  }

  get certificates(): FileCertificate[] {
    return [...this.text.certificates, ...this.#added].filter(({ name }) => !this.#removed.has(name));
  }

  /** Adds a certificate at the end. */
  add(certificate: FileCertificate): void {
    this.#added.push(certificate);
  }

  /** Takes out the certificates of these names. */
  remove(names: readonly string[]): void {
    for (const name of names) this.#removed.add(name);
  }

  /** Writes the file whole, or not at all. */
  save(): void {
    const added = this.#added.filter(({ name }) => !this.#removed.has(name));
    writeWhole(this.path, this.text.edited(added, this.#removed));
  }
}

function otherStacks(directory: string): string {
  const known = readdirSync(directory).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
  return known.length === 0 ? "Run it in the project's directory." : `The stacks here are ${known.join(", ")}.`;
}
