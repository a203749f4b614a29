import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as published from "../../components/index";
import { credentialFormats } from "../../components/vault/credentialFormats";
import { codesIn, read, root, tableIn } from "./pages";

const directory = "docs/reference/components";
const named = readdirSync(join(root, directory))
  .map((file) => file.replace(/\.md$/, ""))
  .filter((name) => name !== "index");

const rowsUnder = (page: string, heading: string): string[][] =>
  tableIn(read(page).split(`\n## ${heading}\n`)[1] ?? "");

describe("the reference of the components", () => {
  it("is listed on the package's page", () => {
    const links = [...read("components/README.md").matchAll(/\]\(\.\.\/docs\/reference\/components\/(\w+)\.md\)/g)];
    expect(
      links
        .map(([, name]) => name)
        .filter((name) => name !== "index")
        .sort(),
    ).toEqual(named.sort());
  });

  it.each(named)("says of %s what it declares, takes and gives", (name) => {
    for (const heading of ["Resources", "Inputs", "Outputs"]) {
      expect({ heading, rows: rowsUnder(`${directory}/${name}.md`, heading).length }).not.toEqual({ heading, rows: 0 });
    }
  });

  it("has the formats, with their content types", () => {
    const told = rowsUnder(`${directory}/index.md`, "Credential formats").map(([format = "", type = ""]) => [
      codesIn(format)[0],
      codesIn(type)[0],
    ]);
    expect(told).toEqual([...credentialFormats].map(([format, { contentType }]) => [format, contentType]));
  });

  it("has every function", () => {
    const functions = Object.entries(published).filter(
      ([name, value]) => typeof value === "function" && /^[a-z]/.test(name),
    );
    const told = rowsUnder(`${directory}/index.md`, "Functions").map(([name = ""]) => codesIn(name)[0]);
    expect(told.sort()).toEqual(functions.map(([name]) => name).sort());
  });
});
