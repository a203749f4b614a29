import { createColors } from "picocolors";
import type { Console } from "../../../local/output/console";
import { doctorCommand, operationDocument, reportOperation } from "../../../local/output/operationReport";
import type { OperationResult } from "../../../local/output/operationResult";

describe("the command that looks for a failure's cause", () => {
  it("names the stack", () => {
    expect(doctorCommand({ stack: "dev", project: process.cwd() })).toBe(
      "npx daemon-access doctor --stack dev --local",
    );
  });

  it("names the program's directory where that is another than this one, as a shell takes it", () => {
    expect(doctorCommand({ stack: "dev", project: "/srv/forecast" })).toBe(
      "npx daemon-access doctor --stack dev --local --cwd /srv/forecast",
    );
    expect(doctorCommand({ stack: "dev", project: "/srv/our forecast" })).toBe(
      'npx daemon-access doctor --stack dev --local --cwd "/srv/our forecast"',
    );
  });
});

describe("a run that failed", () => {
  const where = { stack: "dev", project: process.cwd() };
  const failed = (message: string): OperationResult => ({
    kind: "up",
    ok: false,
    interrupted: false,
    steps: [],
    errors: [{ severity: "error", message }],
    warnings: [],
    notes: [],
    violations: [],
    outputs: undefined,
    programError: undefined,
    engineText: "",
    seconds: 1,
  });
  const printed = (result: OperationResult): string[] => {
    const lines: string[] = [];
    const console = {
      line: (text: string) => lines.push(text),
      clearStatus: () => undefined,
      colors: createColors(false),
    };
    reportOperation(console as unknown as Console, result, { ...where, listPolicies: false });
    return lines;
  };
  const doctor = "npx daemon-access doctor --stack dev --local";

  it("ends with the command that looks for the cause", () => {
    const result = failed(
      'Status=404 Code="ResourceGroupNotFound" Message="Resource group \'rg-none\' could not be found."',
    );
    expect(printed(result).at(-1)).toBe(`To look for the cause: ${doctor}`);
    expect(operationDocument(result, where)).toMatchObject({ doctor });
  });

  it("names no such command where it has told the cause whole, or was interrupted", () => {
    const refused = failed('DataLake "lake" cannot take its arguments:\n  sku: got "x"; needed another.');
    for (const result of [refused, { ...failed("anything"), interrupted: true }]) {
      expect(printed(result).join("\n")).not.toContain(doctor);
      expect(operationDocument(result, where)).not.toHaveProperty("doctor");
    }
  });
});
