import { accountId, codeOf, LakeScenario, type Answer } from "./lakeScenario";

export interface Sent {
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

/** An account with a container, whose blobs the deployer may write: for calls at the blob host. */
export class BlobScenario {
  private constructor(readonly lake: LakeScenario) {}

  static async open(): Promise<BlobScenario> {
    const lake = await LakeScenario.open();
    await lake.makeAccount("stlake");
    await lake.container("PUT", "stlake", "forecasts", {});
    lake.grant("deployer", "dataContributor", accountId("stlake"));
    return new BlobScenario(lake);
  }

  /** A call on a path below the container, with or without a query. */
  call(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    return this.lake.data("deployer", method, "stlake.blob", `/forecasts${path}`, sent);
  }

  put(path: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call("PUT", path, { body, headers: { "x-ms-blob-type": "BlockBlob", ...headers } });
  }

  async text(path: string): Promise<unknown> {
    return (await this.call("GET", path)).body;
  }

  close(): Promise<void> {
    return this.lake.azure.close();
  }
}

/** What an answer says in short: its status, and its error's code. */
export const told = (answer: Answer): [number, unknown] => [answer.status, codeOf(answer)];

export const base64 = (text: string): string => Buffer.from(text).toString("base64");
