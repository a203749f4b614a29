import { existsSync, mkdtempSync, readdirSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kept, type Step } from "../../examples/clients/runner/environments/cache";
import { environmentOf } from "../../examples/clients/runner/environments/index";
import { run } from "../../examples/clients/runner/environments/process";
import { clientNamed, machine, workshop } from "./support/environments";

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "environments-"));
});
afterEach(() => {
  rmSync(cache, { recursive: true, force: true });
});

const node = (script: string): Step => [process.execPath, "-e", script];
const makeFile = node('require("node:fs").writeFileSync("made", "")');

describe("an environment", () => {
  const make = (of: string, step: Step, onFill: () => void = () => undefined): Promise<string> =>
    kept("python-msal", [of], { ...workshop, cache }, () => {
      onFill();
      return [step];
    });

  it("is made once for the same pins, and anew for others", async () => {
    const filled = jest.fn();
    const first = await make("msal==1", makeFile, filled);
    const again = await make("msal==1", makeFile, filled);
    const other = await make("msal==2", makeFile, filled);
    expect([again, existsSync(join(first, "made")), other === first]).toEqual([first, true, false]);
    expect(filled).toHaveBeenCalledTimes(2);
  });

  it("is not kept where a step fails, and the step's own words say why", async () => {
    const failing = node('console.error("no matching distribution"); process.exit(1)');
    await expect(make("msal==0", failing)).rejects.toThrow(
      /^python-msal could not be installed: .*\nno matching distribution$/s,
    );
    expect(readdirSync(cache)).toEqual([]);
  });

  it.each([
    ["python-msal", "there is no Python 3.10 to 3.12, or it cannot make virtual environments"],
    ["java-msal4j", "there is no java, no mvn"],
  ])("of %s is told to be missing on a machine without its language", async (name, missing) => {
    const bare = { ...workshop, cache, machine: { PATH: cache } };
    expect(await environmentOf(clientNamed(name), bare)).toEqual({ missing });
  });
});

describe("a program", () => {
  const env = { PATH: machine["PATH"] ?? "" };

  it("reads its input, and is told with what it printed and how it ended", async () => {
    const script = 'process.stdin.pipe(process.stdout); console.error("noted"); process.exitCode = 3';
    const ended = await run(process.execPath, ["-e", script], { env, input: "given" });
    expect(ended).toEqual({ code: 3, stdout: "given", stderr: "noted\n" });
  });

  it("that is not there ends as a shell has it", async () => {
    expect(await run(join(cache, "absent"), [], { env })).toMatchObject({ code: 127, stdout: "" });
  });

  it("is stopped with what it has started", async () => {
    const started = new AbortController();
    const watcher = watch(cache, () => {
      started.abort();
    });
    const forever = "setInterval(() => undefined, 1000)";
    const child = `require("node:fs").writeFileSync("started", ""); ${forever}`;
    const script = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" }); ${forever}`;
    const ended = await run(process.execPath, ["-e", script], { env, cwd: cache, signal: started.signal });
    watcher.close();
    // The pipes close only when the child's child has ended too.
    expect(ended).toMatchObject({ code: null });
  });
});
