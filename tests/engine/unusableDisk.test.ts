import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandLine } from "../local/cli/commandLine";
import { succeeded } from "./support/document";

jest.setTimeout(300_000);

/** Who may mount sees a small disk, and one that can only be read. */
const mounts = ((): boolean => {
  const directory = mkdtempSync(join(tmpdir(), "mount-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", directory], { stdio: "ignore" });
    execFileSync("umount", [directory]);
    return true;
  } catch {
    console.info("Not tried on a small disk, nor on one that can only be read: this user may not mount one.");
    return false;
  } finally {
    rmSync(directory, { recursive: true });
  }
})();

const mount = (directory: string, options: string): void => {
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", directory]);
};

(mounts ? describe : describe.skip)("a disk", () => {
  let disk: string;
  let cli: CommandLine;

  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), "disk-"));
    cli = new CommandLine(join(disk, "state"));
  });

  afterEach(async () => {
    await cli.stop();
    execFileSync("umount", [disk]);
    rmSync(disk, { recursive: true });
  });

  it("with too little space is told before anything is made, and the run after it is cleared is green", async () => {
    mount(disk, "size=2m");
    const refused = await cli.run("up", "--no-policy");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /^\S+\/state: 1\.\d MiB are left on its disk, and a run needs 32 MiB\. Nothing was started\. Free some space, or /,
    );
    mount(disk, "remount,size=128m");
    succeeded(await cli.run("up", "--no-policy"));
  });

  it("that can only be read is told by each command that would write", async () => {
    mount(disk, "size=64m");
    succeeded(await cli.run("preview", "--no-policy"));
    mount(disk, "remount,ro");
    for (const command of ["up", "serve", "reset"]) {
      const { code, stderr } = await cli.run(command);
      expect({ command, code, stderr }).toEqual({
        command,
        code: 1,
        stderr:
          `${cli.directory} can't be used: its file system is read-only. Give LOCAL_AZURE_DIRECTORY a directory that can be ` +
          "written, and run the same command again.\n",
      });
    }
  });
});
