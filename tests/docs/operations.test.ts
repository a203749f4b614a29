import { readFileSync } from "node:fs";
import { join } from "node:path";
import { durationsTable, limitsTable } from "../../local/operations/conditionTables";
import { operationsTables } from "../../local/operations/page";
import { replicationTable } from "../../local/operations/replicationTable";
import { retriesTable } from "../../local/operations/retries";
import { sectionOf, withSection } from "../../local/operations/section";
import { read, root } from "./pages";

describe("the tables of local Azure's operations", () => {
  it("are what the services' routers list; npm run docs writes them", async () => {
    expect(sectionOf(read("local/README.md"), "operations")).toBe(await operationsTables());
  });

  it("have a chapter for every service that local Azure starts", () => {
    const made = (file: string): string[] =>
      [...readFileSync(join(root, file), "utf8").matchAll(/\b(create\w+)\((?:\w+\()?cloud[,)]/g)].map(
        ([, name = ""]) => name,
      );
    expect(made("local/operations/page.ts").sort()).toEqual(made("local/azure/backend.ts").sort());
  });

  it("replace what stands between the marks, and nothing else", () => {
    const page = "before\n<!-- operations -->\nold\n<!-- /operations -->\nafter\n";
    expect(withSection(page, "operations", "new")).toBe(
      "before\n<!-- operations -->\n\nnew\n\n<!-- /operations -->\nafter\n",
    );
  });

  it("are not written into a page without the marks", () => {
    expect(() => withSection("no marks", "operations", "new")).toThrow(
      "needs the lines <!-- operations --> and <!-- /operations -->",
    );
  });
});

it("the table of the providers' retries is made from their rules; npm run docs writes it", () => {
  expect(sectionOf(read("local/README.md"), "retries")).toBe(retriesTable());
});

it("the table of what replication takes is that of the facts; npm run docs writes it", () => {
  expect(sectionOf(read("local/README.md"), "replication")).toBe(replicationTable());
});

describe("the tables of limits and durations", () => {
  it("are what throttling and latency go by; npm run docs writes them", () => {
    const page = read("local/README.md");
    expect(sectionOf(page, "limits")).toBe(limitsTable());
    expect(sectionOf(page, "durations")).toBe(durationsTable());
  });

  it("give every figure a source", () => {
    const sources = [...limitsTable().split("\n"), ...durationsTable().split("\n")]
      .filter((line) => line.startsWith("| "))
      .map((line) => line.split(" | ").at(-1)?.replace(/ \|$/, "") ?? "");
    expect(sources.length).toBeGreaterThan(30);
    expect(sources.filter((source) => source.trim() === "")).toEqual([]);
  });
});
