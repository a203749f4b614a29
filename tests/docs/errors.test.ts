import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serviceErrors } from "../../local/output/remedies";
import { read, root } from "./pages";

/** Everything in the given packages that could say something. */
function sourceOf(...packages: string[]): string {
  return packages
    .flatMap((directory) => filesIn(join(root, directory)))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((found) => {
    const path = join(directory, found.name);
    if (found.isDirectory()) return ["bin", "node_modules"].includes(found.name) ? [] : filesIn(path);
    return /(?<!\.d)\.(ts|mjs)$/.test(found.name) ? [path] : [];
  });
}

interface Entry {
  readonly page: string;
  /** The message or the code that the entry is about. */
  readonly told: string;
}

/** Every entry of the runbook: a heading in code marks. */
const entries: readonly Entry[] = readdirSync(join(root, "docs/runbook"))
  .filter((file) => file !== "index.md")
  .flatMap((page) =>
    [...read(`docs/runbook/${page}`).matchAll(/^## `(.+)`$/gm)].map(([, told = ""]) => ({ page, told })),
  );

/** Pages on what neither this project nor local Azure says. */
const foreign = ["policies.md", "pulumi.md"];
const isCode = (told: string): boolean => /^[A-Z]\w+$/.test(told);
const ours = entries.filter(({ page }) => !foreign.includes(page)).map(({ told }) => told);
const errors = ours.filter((told) => !isCode(told));
const refusals = [...new Set(ours.filter(isCode))];

/** The source as its messages read: without the marks and the line breaks that a long text is put together with. */
const spoken = (source: string): string => source.replace(/["'`]\s*\+\s*["'`]/g, "").replace(/\\(["'`])/g, "$1");

/** Codes by who meets them, as the runbook says. Our own messages say themselves what to do. */
function seenBy(who: RegExp): string[] {
  const sections = [...new Set(entries.map(({ page }) => page))].flatMap((page) =>
    read(`docs/runbook/${page}`).split(/^## /m).slice(1),
  );
  const seen = sections.filter((section) => who.test(/^- Who sees it: (.+)$/m.exec(section)?.[1] ?? ""));
  return [...new Set(seen.map((section) => /^`(.+)`/.exec(section)?.[1] ?? ""))];
}

describe("the errors in the runbook", () => {
  const source = spoken(sourceOf("infra", "components", "tools", "local"));

  it.each(errors)("has a message that the source has too: %s", (message) => {
    const parts = message
      .split("…")
      .map((part) => part.trim())
      .filter((part) => part !== "");
    expect(parts).not.toEqual([]);
    expect(parts.filter((part) => !source.includes(part))).toEqual([]);
  });
});

describe("the refusals in the runbook", () => {
  const scenarios = readdirSync(join(root, "local/faults")).filter((file) => file.endsWith(".yaml"));
  const azure = [sourceOf("local/azure"), ...scenarios.map((file) => read(`local/faults/${file}`))].join("\n");

  it.each(refusals)("has a code that local Azure answers with: %s", (code) => {
    const aadsts = /^AADSTS(\d+)$/.exec(code)?.[1];
    expect(azure).toMatch(
      aadsts === undefined ? new RegExp(`"${code}"|\\bcode: ${code}\\b`) : new RegExp(`\\b${aadsts},`),
    );
  });

  it("has every code that verify has a remedy for", () => {
    const remedies = sourceOf("tools/verify/remedies");
    const known = [...remedies.matchAll(/case "(AADSTS\d+|Forbidden\w+|Secret\w+|Authorization\w+)"/g)].map(
      ([, code = ""]) => code,
    );
    expect(known.length).toBeGreaterThan(5);
    const ofTheReader = ["AADSTS900023"];
    for (const code of known.filter((each) => !ofTheReader.includes(each))) {
      expect(refusals).toContain(code);
    }
  });
});

describe("the remedies of the command line", () => {
  const remedied = new Set(serviceErrors.map(({ entry }) => entry));
  const verifies = sourceOf("tools/verify/remedies");

  it.each([...remedied])("have an entry in the runbook: %s", (entry) => {
    expect(entries.map(({ told }) => told)).toContain(entry);
  });

  it.each(seenBy(/the deployer|a pipeline/))("are there for what a deployment meets: %s", (entry) => {
    expect(remedied).toContain(entry);
  });

  it.each(seenBy(/verify/))("are there for what verify meets: %s", (entry) => {
    expect(verifies).toContain(`"${entry}"`);
  });
});

describe("the runbook", () => {
  it("tells the cause and the fix of each entry", () => {
    for (const page of new Set(entries.map((entry) => entry.page))) {
      const [, ...sections] = read(`docs/runbook/${page}`).split(/^## /m);
      for (const section of sections) expect(section).toMatch(/^- Cause: .+\n- Fix: .+$/m);
    }
  });

  it("lists every entry on its first page", () => {
    const index = read("docs/runbook/index.md");
    for (const { told, page } of entries) {
      expect(index.split("\n").find((line) => line.includes(`](${page})`))).toContain(`\`${told}\``);
    }
    expect(entries.length).toBeGreaterThan(80);
  });
});
