import type { RequestRecord } from "../../../local/azure/network/requestLog";
import { noteServe } from "../../../local/session/serveFile";
import { stateDirectory, type StateDirectory } from "../../../local/stateDirectory";
import { CommandLine, type Finished } from "../../local/cli/commandLine";
import { Administrator } from "../../support/delivery";
import { LocalAzureForTests, type LocalAzureTestOptions } from "../../support/localAzure";
import { documentOf, succeeded, type OperationDocument } from "./document";

type HostedStackOptions = Pick<
  LocalAzureTestOptions,
  "allowsRetiredServices" | "copyOf" | "stateDirectory" | "issuers" | "startsAt" | "conditions"
> & { readonly policies?: boolean };

/**
 * Local Azure in this process, announced as `serve` announces itself, so that the command line's own processes work on
 * it while a test listens to their requests, plants faults, and changes Azure behind their back.
 */
export class HostedStack {
  readonly administrator: Administrator;
  readonly cli: CommandLine;

  private constructor(
    readonly local: LocalAzureForTests,
    readonly state: StateDirectory,
    private readonly forget: () => void,
    policies: boolean,
  ) {
    this.administrator = new Administrator(local);
    this.cli = new CommandLine(local.stateDirectory, policies);
  }

  /**
   * @param options `copyOf`: a closed state directory to start from a copy of, in place of an empty one; `stateDirectory`:
   *   one to go on with; `issuers`: those whose tokens local Azure takes; `startsAt`: the moment of a clock that the test
   *   moves, in place of the system's; `policies`: whether the policy pack judges each run. @default false
   */
  static async open({ policies = false, ...options }: HostedStackOptions = {}): Promise<HostedStack> {
    const local = await LocalAzureForTests.open({ startsAt: "system", ...options });
    const state = stateDirectory({ LOCAL_AZURE_DIRECTORY: local.stateDirectory });
    return new HostedStack(local, state, noteServe(state, local.azure), policies);
  }

  /** Runs a command that must succeed. */
  async succeed(...args: string[]): Promise<Finished> {
    return succeeded(await this.cli.run(...args));
  }

  /** The same with `--json`; gives its document. */
  async documentOf(...args: string[]): Promise<OperationDocument> {
    return documentOf(await this.succeed(...args, "--json"));
  }

  /** What reaches local Azure while something runs. */
  async requestsDuring<Result>(
    work: () => Promise<Result>,
  ): Promise<{ readonly requests: readonly RequestRecord[]; readonly result: Result }> {
    const requests: RequestRecord[] = [];
    const stop = this.local.azure.requests.listen((record) => requests.push(record));
    try {
      return { requests, result: await work() };
    } finally {
      stop();
    }
  }

  /** Calls back at the first request from now on that matches. */
  atRequest(matches: (record: RequestRecord) => boolean, act: (record: RequestRecord) => void): void {
    const stop = this.local.azure.requests.listen((record) => {
      if (matches(record)) {
        stop();
        act(record);
      }
    });
  }

  /** @param options `keepsState`: leaves the state directory to the caller. @default false */
  async close(options: { readonly keepsState?: boolean } = {}): Promise<void> {
    this.forget();
    await this.cli.stop();
    await this.local.close(options);
  }
}
