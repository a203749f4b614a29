import { createColors } from "picocolors";
import type { ResourceStep } from "../../../local/output/operationLog";
import { resourceTable } from "../../../local/output/tables";

const step = (type: string, op: string): ResourceStep => ({
  urn: `${type} ${op}`,
  type,
  name: "n",
  op,
  status: "done",
  seconds: 0,
  changes: [],
  inputs: {},
});
const steps = [step("azuread.Application", "create"), step("azuread.Application", "same"), step("a.Vault", "create")];
const table = (width: number): string => resourceTable(steps, "up", createColors(false), width);

it("counts resources by type, a column for each change", () => {
  expect(table(80)).toContain("│ azuread.Application │       1 │         1 │");
  expect(table(80)).toContain("│ all                 │       2 │         1 │");
});

it("becomes a line for each type where the columns do not fit", () => {
  expect(table(30)).toBe(
    ["  a.Vault: 1 created", "  azuread.Application: 1 created, 1 unchanged", "  all: 2 created, 1 unchanged"].join(
      "\n",
    ),
  );
});
