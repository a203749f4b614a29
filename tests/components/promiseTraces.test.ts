import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "../..");

/** What the SDK notes of a promise, and how deep an error's own stack is afterwards, in a process that has loaded the components. */
const program = `
  require("./components/index.ts");
  const { debuggablePromise } = require("@pulumi/pulumi/runtime/debuggable.js");
  function declare() {
    const promise = Promise.resolve();
    void debuggablePromise(promise, "a property");
    return promise._debugStackTrace;
  }
  console.log(JSON.stringify({ noted: declare().includes("at declare"), own: new Error().stack.includes("at ") }));
`;

const notes = (variables: NodeJS.ProcessEnv): unknown => {
  const args = ["--require", "tsx/cjs", "--eval", program];
  const { stdout } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...variables },
  });
  return JSON.parse(stdout);
};

describe("where a property's promises were made", () => {
  it("is not noted, and other errors keep their stack", () => {
    expect(notes({})).toEqual({ noted: false, own: true });
  });

  it("is noted with PULUMI_DEBUG_PROMISE_LEAKS, which prints it", () => {
    expect(notes({ PULUMI_DEBUG_PROMISE_LEAKS: "1" })).toEqual({ noted: true, own: true });
  });
});
