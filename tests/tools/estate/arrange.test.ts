import fc from "fast-check";
import { arrange } from "../../../tools/estate/plan/arrange";
import { readSettings, type StackSettings } from "../../../tools/estate/plan/settingsFiles";

const PROJECT = "daemons";

const settings = (stack: string, on?: string, isPlatform = false): StackSettings => ({
  stack,
  file: `Pulumi.${stack}.yaml`,
  isPlatform,
  ...(on !== undefined && { platformStack: { stack: `organization/${PROJECT}/${on}`, line: 3 } }),
  daemons: 1,
  rotations: [],
});

const stackNames = ["a", "b", "c", "d", "e", "f"];
/** For each stack: whether it is a platform, and what it builds on. "x" is a stack that is not there. */
const graphs = fc
  .array(fc.tuple(fc.boolean(), fc.option(fc.constantFrom(...stackNames, "x"), { nil: undefined })), {
    minLength: 1,
    maxLength: stackNames.length,
  })
  .map((nodes) => nodes.map(([isPlatform, on], index) => settings(stackNames[index] ?? "", on, isPlatform)));

describe("any graph of stacks", () => {
  it("is told whole, and passes just where each team builds on a platform that builds on nothing", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { stacks, problems } = arrange(graph, PROJECT);
        expect(stacks.map(({ stack }) => stack).sort()).toEqual(graph.map(({ stack }) => stack));
        const wrong = graph.filter(({ platformStack }) => {
          if (!platformStack) return false;
          const target = graph.find(({ stack }) => stack === platformStack.stack.split("/").at(-1));
          return !target?.isPlatform || target.platformStack !== undefined;
        });
        expect(problems.map((line) => line.split(":")[0])).toEqual(wrong.map(({ file }) => file));
      }),
    );
  });

  it("has every platform before the stacks that build on it", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { stacks, problems } = arrange(graph, PROJECT);
        fc.pre(problems.length === 0);
        const order = stacks.map(({ stack }) => stack);
        for (const { stack, platform } of stacks) {
          if (platform !== undefined) expect(order.indexOf(platform)).toBeLessThan(order.indexOf(stack));
        }
      }),
    );
  });
});

describe("what a stack builds on is refused", () => {
  const problemsOf = (...stacks: StackSettings[]): readonly string[] => arrange(stacks, PROJECT).problems;
  const platform = settings("platform", undefined, true);

  it("where there is no such stack, with the nearest platform", () => {
    expect(problemsOf(platform, settings("team", "platfrom"))).toEqual([
      'Pulumi.team.yaml:3: platformStack.stack: there is no stack platfrom in this project. Did you mean "platform"?',
    ]);
  });

  it("where it is a team's stack", () => {
    expect(problemsOf(platform, settings("one", "platform"), settings("two", "one"))).toEqual([
      "Pulumi.two.yaml:3: platformStack.stack: one is a team's stack, which nothing can build on. Name a platform stack.",
    ]);
  });

  it("where it builds on itself through another", () => {
    expect(problemsOf(settings("one", "two", true), settings("two", "one"))[0]).toBe(
      "Pulumi.one.yaml:3: platformStack.stack: one builds on itself through two. Remove platformStack from the one that is the platform.",
    );
  });

  it("where it is no platform", () => {
    expect(problemsOf(settings("one"), settings("two", "one"))).toEqual([
      "Pulumi.two.yaml:3: platformStack.stack: one is not a platform stack. Add platform to Pulumi.one.yaml, or name another stack.",
    ]);
  });

  it("but a platform of another project is that project's", () => {
    const team = { ...settings("team"), platformStack: { stack: "organization/other/platform", line: 3 } };
    const { stacks, problems } = arrange([team], PROJECT);
    expect({ problems, kind: stacks[0]?.kind, platform: stacks[0]?.platform }).toEqual({
      problems: [],
      kind: "team",
      platform: undefined,
    });
  });
});

describe("a settings file", () => {
  const read = (text: string) => readSettings(text, { stack: "team", file: "Pulumi.team.yaml", namespace: PROJECT });

  it("tells what the plan needs, and the line of the platform", () => {
    const text = `config:
  daemons:platformStack:
    stack: organization/daemons/platform
  daemons:daemons:
    - name: loader
      secret: { rotation: { startsAt: "2026-01-01T00:00:00Z" } }
    - nonsense
`;
    expect(read(text)).toEqual({
      stack: "team",
      file: "Pulumi.team.yaml",
      isPlatform: false,
      platformStack: { stack: "organization/daemons/platform", line: 3 },
      daemons: 2,
      rotations: [{ rotation: { startsAt: "2026-01-01T00:00:00Z" }, asOf: undefined }],
    });
  });

  it.each([
    ["config:\n  daemons:daemons: [\n", /^Pulumi\.team\.yaml:\d: not valid YAML: /],
    ["config:\n  a:b: 1\n  a:b: 2\n", /^Pulumi\.team\.yaml:3: not valid YAML: Map keys must be unique/],
    ["config:\n  a:b: *nothing\n", /^Pulumi\.team\.yaml:\d: /],
    ["config: text\n", /^Pulumi\.team\.yaml:1: needed a group config/],
  ])("that is wrong is told with file and line: %j", (text, line) => {
    expect(read(text)).toMatch(line);
  });

  it("may be empty", () => {
    expect(read("")).toMatchObject({ daemons: 0, isPlatform: false });
  });
});
