import { readFileSync } from "node:fs";
import { join } from "node:path";
import { operationsTables } from "../../local/operations/page";
import { replicationTable } from "../../local/operations/replicationTable";
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

it("the table of what replication takes is that of the facts; npm run docs writes it", () => {
  expect(sectionOf(read("local/README.md"), "replication")).toBe(replicationTable());
});
