import { pinnedVersion } from "./version";

/** What was tried, in order, and why it led to no engine. */
export interface Tried {
  readonly what: string;
  readonly reason: string;
}

/** No engine could be found, installed or built. */
export class EngineError extends Error {
  constructor(readonly tried: readonly Tried[]) {
    super(
      [
        "No Pulumi engine was found, and none could be installed. Tried, in order:",
        ...tried.map(({ what, reason }) => `  - ${what}: ${reason}`),
        "Do one of these and run the command again:",
        `  - install Pulumi ${pinnedVersion} or later (https://www.pulumi.com/docs/install/) and have \`pulumi\` on PATH`,
        "  - let this machine reach get.pulumi.com",
        "  - install Go (https://go.dev/dl/) and let it reach a Go module proxy (GOPROXY)",
      ].join("\n"),
    );
    this.name = "EngineError";
  }
}
