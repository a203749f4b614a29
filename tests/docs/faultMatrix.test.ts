import { existsSync } from "node:fs";
import { join } from "node:path";
import { sectionOf } from "../../local/operations/section";
import { matrixTable } from "../engine/faultMatrix/matrixTable";
import { matrix } from "../engine/faultMatrix/rows";
import { read, root } from "./pages";

const plain = (table: string): string => table.replace(/ +/g, " ").replace(/-{3,}/g, "---");

describe("the table of faults", () => {
  it("is the tests' own", () => {
    expect(plain(sectionOf(read("docs/reference/fault-matrix.md"), "matrix"))).toBe(plain(matrixTable(matrix)));
  });

  it("has thirty rows, each with a test that is there", () => {
    expect(matrix.map(({ row }) => row)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    for (const { test } of matrix) expect(existsSync(join(root, test))).toBe(true);
  });
});
