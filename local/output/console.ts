import { isatty } from "node:tty";
import { createColors, isColorSupported } from "picocolors";
import { Redactor } from "../../tools/secrets/redactor";

export type Colors = ReturnType<typeof createColors>;

export interface ConsoleOptions {
  /** One JSON document goes to standard output, everything else to standard error. */
  readonly json: boolean;
  /** Shows stack traces and the engine's own output. */
  readonly verbose: boolean;
}

const clearLine = "\r\u001b[K";

/** Where a command's words go. Known secrets never get through. */
export class Console {
  readonly colors: Colors;
  /** True where a line may be rewritten. */
  readonly live: boolean;
  readonly verbose: boolean;
  readonly json: boolean;
  private readonly stream: NodeJS.WriteStream;
  private readonly redactor = new Redactor();
  private readonly sections: (() => object)[] = [];
  private statusShown = "";

  constructor({ json, verbose }: ConsoleOptions) {
    this.json = json;
    this.verbose = verbose;
    this.stream = json ? process.stderr : process.stdout;
    // Asked of the descriptor: a stream that is no terminal has no isTTY at all, which would leave the choice of colours
    // to the environment, and CI=true asks for them.
    this.live = isatty(json ? process.stderr.fd : process.stdout.fd);
    this.colors = createColors(this.live && isColorSupported);
  }

  /** Width of the terminal in columns; without one lines may be of any length, so that they stay the same everywhere. */
  get width(): number {
    return this.live ? this.stream.columns || 80 : Number.POSITIVE_INFINITY;
  }

  /** Never lets this value through. */
  hide(secret: string): void {
    this.redactor.hide(secret);
  }

  /** A line for the reader. */
  line(text = ""): void {
    this.write(this.stream, `${text}\n`);
  }

  /** A line for the reader of a command whose standard output is for another program. */
  note(text: string): void {
    this.write(process.stderr, `${text}\n`);
  }

  /** Text for another program, as it is. */
  data(text: string): void {
    process.stdout.write(text);
  }

  /** Adds members to the command's document, as they are when it is printed. */
  addToDocument(section: () => object): void {
    this.sections.push(section);
  }

  /** The one JSON document of a command, an object. */
  document(value: unknown): void {
    this.clearStatus();
    const whole = Object.assign({}, value, ...this.sections.map((section) => section())) as unknown;
    process.stdout.write(this.clean(`${JSON.stringify(whole, null, 2)}\n`));
  }

  /** The line at the bottom of a terminal that says what is being done; on anything else it is not shown. */
  status(text: string): void {
    if (this.live) {
      const fitted = text.length < this.width ? text : `${text.slice(0, this.width - 2)}…`;
      this.stream.write(this.clean(`${clearLine}${this.colors.dim(fitted)}`));
      this.statusShown = fitted;
    }
  }

  clearStatus(): void {
    if (this.statusShown !== "") {
      this.stream.write(clearLine);
      this.statusShown = "";
    }
  }

  private write(stream: NodeJS.WriteStream, text: string): void {
    const shown = this.statusShown;
    this.clearStatus();
    stream.write(this.clean(text));
    if (shown !== "") {
      this.status(shown);
    }
  }

  private clean(text: string): string {
    return this.redactor.clean(text);
  }
}
