import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import MiniSearch from "minisearch";
import { root } from "./pages";

jest.setTimeout(180_000);

const directory = mkdtempSync(join(tmpdir(), "docs-site-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The index that the reader's browser loads: a module whose default export is a text of JSON. */
function searchIndex(): MiniSearch {
  const chunks = join(directory, "assets/chunks");
  const file = readdirSync(chunks).find((name) => name.startsWith("@localSearchIndex")) ?? "";
  const url = pathToFileURL(join(chunks, file)).href;
  const print = `import index from ${JSON.stringify(url)}; process.stdout.write(index);`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", print], {
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  return MiniSearch.loadJSON(stdout, { fields: ["title", "titles", "text"], storeFields: ["title", "titles"] });
}

describe("the documentation site", () => {
  it("builds, which no dead link does", () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, "node_modules/vitepress/bin/vitepress.js"), "build", "docs", "--outDir", directory],
      { cwd: root, encoding: "utf8", env: { ...process.env, NODE_ENV: "production" } },
    );
    expect({ status, said: status === 0 ? "" : `${stdout}${stderr}` }).toEqual({ status: 0, said: "" });
    // A page that fails to render is an error on stderr, and an empty page on the site.
    expect(stderr).not.toMatch(/Error/);
  });

  it("shows a pipeline's expression between backticks as it is written", () => {
    expect(readFileSync(join(directory, "how-to/estate-pipelines.html"), "utf8")).toContain(
      "environment: ${{ matrix.stack }}</code>",
    );
  });

  it("has the pages of the four parts, the runbook, and the pages beside the code", () => {
    for (const page of [
      "index",
      "tutorials/first-run",
      "how-to/rotation",
      "reference/settings",
      "reference/components/DaemonAccess",
      "explanation/architecture",
      "runbook/sign-in",
      "local/index",
      "policy/RULES",
    ])
      expect([page, existsSync(join(directory, `${page}.html`))]).toEqual([page, true]);
  });

  it.each([
    ["403", "/runbook/deployer-rights.html"],
    ["rotate", "/how-to/rotation.html"],
    ["import", "/how-to/adoption.html"],
    ["AADSTS7000215", "/runbook/sign-in.html"],
  ])("finds %s in %s", (words, page) => {
    const found = searchIndex()
      .search(words, { prefix: true, fuzzy: 0.2, boost: { title: 4, text: 2, titles: 1 } })
      .map(({ id }) => String(id).split("#")[0]);
    expect(found).toContain(page);
  });
});
