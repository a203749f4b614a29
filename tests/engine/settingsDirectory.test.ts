import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { projectRoot } from "../../local/stateDirectory";
import { HostedStack } from "./support/hostedStack";

jest.setTimeout(120_000);

const { config } = parse(readFileSync(join(projectRoot, "Pulumi.dev.yaml"), "utf8")) as { readonly config: object };
const daemon = (endDate: string): object => ({ name: "solo", secret: { endDate } });

describe("a directory with Pulumi.yaml and a stack's settings alone", () => {
  let stack: HostedStack;
  let directory: string;

  beforeAll(async () => {
    stack = await HostedStack.open();
    directory = mkdtempSync(join(tmpdir(), "settings-"));
    copyFileSync(join(projectRoot, "Pulumi.yaml"), join(directory, "Pulumi.yaml"));
  });
  afterAll(async () => {
    await stack.close();
    rmSync(directory, { recursive: true });
  });

  const configure = (...daemons: object[]): void => {
    const settings = { ...config, "azure-daemon-access:daemons": daemons };
    writeFileSync(
      join(directory, "Pulumi.team.yaml"),
      stringify({ config: settings }, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" }),
    );
  };
  const where = () => ["--cwd", directory, "--stack", "team"];

  it("is this repository's program with these settings", async () => {
    configure(daemon("2099-01-01T00:00:00Z"));
    const { resources } = await stack.documentOf("up", ...where());
    expect(resources.map(({ name }) => name)).toEqual(expect.arrayContaining(["solo", "solo-application"]));
    expect(resources.map(({ name }) => name)).not.toContain("forecast-loader");
  });

  it("is told what is wrong with them by their own file, before anything is deployed", async () => {
    configure(daemon("tomorrow"));
    const { code, stderr } = await stack.cli.run("preview", ...where());
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/daemons\[0\]\.secret\.endDate: got "tomorrow"/);
    expect(stderr).toMatch(/Pulumi\.team\.yaml/);
  });
});
