import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import manifest from "../../package.json";
import { pinnedVersion } from "../../local/engine/version";
import { origin } from "../../local/publishing/manifest";

const root = join(__dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

const projects = ["Pulumi.yaml", "components/PulumiPlugin.yaml"].concat(
  readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("Pulumi.yaml") && !path.includes("node_modules"))
    .map((path) => `examples/${path}`),
);

describe("a package's origin", () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  it("is the root's author, repository, page and issues, with the package's directory", () => {
    delete process.env["GITHUB_REPOSITORY"];
    const { author, repository, homepage, bugs } = manifest;
    expect(origin(root, "tools")).toEqual({
      author,
      repository: { ...repository, directory: "tools" },
      homepage,
      bugs,
    });
  });

  it("is the repository that a workflow runs in, which npm's provenance compares", () => {
    Object.assign(process.env, { GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "contoso/daemons" });
    expect(origin(root, "local")).toEqual({
      author: manifest.author,
      repository: { type: "git", url: "git+https://github.com/contoso/daemons.git", directory: "local" },
      homepage: "https://github.com/contoso/daemons#readme",
      bugs: { url: "https://github.com/contoso/daemons/issues" },
    });
  });
});

describe("what Pulumi reads", () => {
  it.each(projects)("%s refuses an engine before the one that is tested", (path) => {
    expect(parse(read(path))).toMatchObject({ requiredPulumiVersion: `>=${pinnedVersion}` });
  });
});
