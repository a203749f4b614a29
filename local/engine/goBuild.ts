import { readFileSync } from "node:fs";
import { join } from "node:path";
import { coerce, lt } from "semver";
import { fillCache } from "./cache";
import type { Attempt, EngineSearch } from "./engineSearch";
import { onPath } from "./executable";
import { withHeartbeat } from "./heartbeat";
import { run } from "./run";
import { pinnedVersion } from "./version";

/** A Go module of our own that does nothing but name the engine's command and pin all that it is made of. */
const moduleDirectory = join(__dirname, "build");
const enginePackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const linkerFlags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pinnedVersion}`;
const buildTimeoutMs = 30 * 60_000;
const questionTimeoutMs = 120_000;

/** Builds the engine's published Go module: for where the download host is closed and a Go module proxy is not. */
export async function builtEngine(search: EngineSearch): Promise<Attempt> {
  const go = onPath("go", search.env["PATH"]);
  if (go === undefined) {
    return { reason: "there is no `go` on PATH" };
  }
  // CGO_ENABLED=0: no C compiler is needed, and the binary runs on any distribution.
  const env = { ...search.env, HOME: search.home, GOWORK: "off", CGO_ENABLED: "0" };
  const ask = { command: go, env, cwd: moduleDirectory };
  const unfit = await whyGoUnfit(ask);
  if (unfit !== undefined) {
    return { reason: unfit };
  }
  search.progress(
    `Downloading the Go modules of the Pulumi engine ${pinnedVersion} (they and the build take 2.5 GB in Go's caches) …`,
  );
  // Listing what the command is made of downloads just that, where `go mod download` would fetch its tests' modules too.
  const list = await withHeartbeat(search.progress, () =>
    run({ ...ask, args: ["list", "-mod=readonly", "-deps", enginePackage], timeoutMs: buildTimeoutMs }),
  );
  if (!list.ok) {
    return { reason: `the Go modules could not be downloaded: ${list.reason}` };
  }
  search.progress(`Building the Pulumi engine ${pinnedVersion} with Go, once (about two minutes on two cores) …`);
  return await fillCache(search, async (directory) => {
    const target = join(directory, "bin", "pulumi");
    const args = [
      "build",
      "-mod=readonly",
      "-trimpath",
      "-buildvcs=false",
      "-ldflags",
      linkerFlags,
      "-o",
      target,
      enginePackage,
    ];
    const build = await withHeartbeat(search.progress, () => run({ ...ask, args, timeoutMs: buildTimeoutMs }));
    return build.ok ? undefined : `\`go build\` failed: ${build.reason}`;
  });
}

/** The version is asked for inside the module, so a Go that fetches newer toolchains has done so by then. */
async function whyGoUnfit(ask: { command: string; env: NodeJS.ProcessEnv; cwd: string }): Promise<string | undefined> {
  const needed = /^go (\S+)$/m.exec(readFileSync(join(moduleDirectory, "go.mod"), "utf8"))?.[1] ?? "";
  const answer = await run({ ...ask, args: ["env", "GOVERSION"], timeoutMs: questionTimeoutMs });
  if (!answer.ok) {
    return `${ask.command} is not Go ${needed} and can't download it: ${answer.reason}`;
  }
  const found = coerce(answer.stdout);
  return found === null || lt(found, needed)
    ? `${ask.command} is ${answer.stdout.trim()}, and Go ${needed} or later is needed`
    : undefined;
}
