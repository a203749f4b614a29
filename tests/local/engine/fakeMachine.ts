import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { publishedChecksums, type Checksums } from "../../../local/engine/archive";
import type { EngineSearch } from "../../../local/engine/engineSearch";
import { pinnedVersion } from "../../../local/engine/version";

/** An address where nothing listens. */
const closed = "http://127.0.0.1:2";

/** A home directory and a PATH of their own, with the executables that a test puts there. */
export class FakeMachine {
  readonly lines: string[] = [];
  /** Where archives are published. @default where nobody answers */
  archives = closed;
  /** What they must be. */
  checksums: Checksums = publishedChecksums;
  readonly root = mkdtempSync(join(tmpdir(), "engine-"));
  readonly home = join(this.root, "home");
  readonly bin = join(this.root, "bin");
  readonly cache = join(this.home, ".pulumi", "versions", pinnedVersion, "bin");
  readonly goLog = join(this.root, "go.log");

  constructor() {
    mkdirSync(this.home);
    mkdirSync(this.bin);
  }

  get search(): EngineSearch {
    return {
      env: { PATH: this.bin, BIN: this.bin, GO_LOG: this.goLog },
      home: this.home,
      memoryFile: join(this.root, "memory", "engine.json"),
      progress: (line) => this.lines.push(line),
      archives: this.archives,
      checksums: this.checksums,
    };
  }

  /** Puts a shell script in place. The shell itself is named by its path, as PATH has nothing else. */
  put(file: string, script: string): string {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  putPulumi(version: string, directory = this.bin): string {
    return this.put(join(directory, "pulumi"), `echo v${version}`);
  }

  /** A `go` that notes how it is called, and runs `build` (with the target in $target) where it is asked to build. */
  putGo(build: string, goVersion = "go1.26.8"): void {
    this.put(
      join(this.bin, "go"),
      `echo "$1" >> "$GO_LOG"
case "$1" in
env) echo ${goVersion} ;;
build)
  while [ "$1" != "-o" ]; do shift; done
  target="$2"
  ${build}
  ;;
esac`,
    );
  }

  goCalls(): string[] {
    return existsSync(this.goLog) ? readFileSync(this.goLog, "utf8").trim().split("\n") : [];
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Makes the built engine: a script that answers as the pinned version does. */
export const buildsEngine = `printf '#!/bin/sh\\necho v${pinnedVersion}\\n' > "$target"; /bin/chmod 755 "$target"`;
