import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ProgramName } from "./support/refusingPrograms";
import type { ProgramRuns } from "./support/runPrograms";
import { typeScriptOptions } from "../../support/typeScriptOptions";

/** Every program takes about a second; without an end of its own, one of them takes for ever. */
const limit = 90_000;

let runs: ProgramRuns;

beforeAll(async () => {
  const args = [...typeScriptOptions, join(__dirname, "support", "runPrograms.ts")];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: limit });
  runs = JSON.parse(stdout) as ProgramRuns;
}, limit + 5_000);

describe("a run ends with its program's first rejection, in the program's words", () => {
  it.each<[ProgramName, RegExp]>([
    ["an apply that a resource waits for", /^the region is refused$/],
    ["an apply within a component", /^the region is refused$/],
    ["a component's constructor", /^the child is refused$/],
    [
      "a look-up that a provider refuses",
      /^invocation of azuread:index\/getServicePrincipal:getServicePrincipal returned an error: /,
    ],
    ["a promise that nothing awaits", /^nobody awaits this$/],
    ["a timer", /^thrown by a timer$/],
    ["a child process, whose error has a code as a call of the engine has", /^Command failed: /],
    ["an output of the stack", /^the region is refused$/],
    ["a value that is no error", /^The program rejected with a value that is not an Error \(object\)\.$/],
    ["two look-ups at once", /^invocation of /],
  ])("that of %s", (name, message) => {
    expect(runs[`preview ${name}`]).toMatchObject({
      ok: false,
      interrupted: false,
      errors: [expect.stringMatching(message)],
      locks: [],
      engines: 0,
    });
  });

  it("and with the others of the same moment", () => {
    expect(runs["preview two components at once"].errors).toEqual(["one is refused", "two is refused"]);
  });

  it("in an update too, which finishes what is in flight and leaves no engine and no lock", () => {
    expect(runs["up what waits for a resource"]).toEqual({
      ok: false,
      interrupted: false,
      errors: ["the region is refused"],
      steps: ["create made done"],
      locks: [],
      engines: 0,
    });
  });

  it("and where a component looks up what another resource has told it", () => {
    expect(runs["up an existing application whose ID another resource tells"]).toEqual({
      ok: false,
      interrupted: false,
      errors: [expect.stringContaining("existing.clientId: got")],
      steps: ["same made done", "create loader running"],
      locks: [],
      engines: 0,
    });
  });
});

it.each(["refresh", "destroy"] as const)("ends a %s whose providers never answer, and says so", (operation) => {
  const told = `^The ${operation} has not ended, and for .* minutes the engine has reported nothing while no resource`;
  expect(runs[`${operation} nothing settles`]).toMatchObject({
    ok: false,
    errors: [expect.stringMatching(new RegExp(told))],
    engines: 0,
  });
});

it.each<ProgramName>(["an input that nothing settles", "a promise of the program that nothing settles"])(
  "ends a run that waits for %s, and says so",
  (name) => {
    expect(runs[`preview ${name}`]).toMatchObject({
      ok: false,
      errors: [expect.stringMatching(/^The program has not ended, and for .* minutes it has registered nothing/)],
      locks: [],
      engines: 0,
    });
  },
);

it("leaves a program alone that rejects nothing, and the process ready for another", () => {
  expect(runs["preview nothing"]).toMatchObject({ ok: true, errors: [], steps: ["create made done"] });
  expect(runs["up nothing"]).toMatchObject({ ok: true, errors: [], steps: ["same made done"] });
});

it.each(["engineAddr", "monitorAddr"] as const)(
  "ends an update whose program does not reach the engine at its %s as failed, and deletes nothing",
  (service) => {
    expect(runs[`up without ${service}`]).toEqual({
      ok: false,
      interrupted: false,
      errors: [expect.stringContaining("14 UNAVAILABLE: No connection established")],
      steps: [],
      locks: [],
      engines: 0,
    });
  },
);
