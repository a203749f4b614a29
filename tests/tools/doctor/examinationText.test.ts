import type { Examination } from "../../../tools/doctor/examine";
import { textReport } from "../../../tools/doctor/report/examination";

const examination: Examination = {
  deployer: { clientId: "client", objectId: "object", tenantId: "tenant" },
  findings: [
    { check: "graphPermission", subject: "Application.Read.All", result: "passed" },
    {
      check: "displayName",
      subject: "Forecast loader",
      result: "note",
      detail:
        "f9e03a89-375b-4d16-b079-731076cd5dde has it, and the deployer owns it: it belongs to this stack or to another",
    },
  ],
};

it("draws a table where it fits, or there is no terminal", () => {
  const [, ...lines] = textReport("dev", examination, false, Number.POSITIVE_INFINITY).split("\n");
  expect(lines[0]).toMatch(/^┌─+┬/);
  expect(lines).toContainEqual(
    expect.stringMatching(/^│ Microsoft Graph permission +│ Application.Read.All +│ passed +│/),
  );
});

it("tells each thing in lines of its own where the table is wider than the terminal", () => {
  expect(textReport("dev", examination, false, 80).split("\n")).toEqual([
    "Stack dev, deployed by client",
    "  passed  Microsoft Graph permission: Application.Read.All",
    "  note    display name is free: Forecast loader",
    "          f9e03a89-375b-4d16-b079-731076cd5dde has it, and the deployer owns it:",
    "          it belongs to this stack or to another",
    "1 passed, 1 note.",
  ]);
});
