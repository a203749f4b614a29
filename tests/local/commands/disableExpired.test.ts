import { hasRemovedEnded } from "../../../local/commands/disableExpired";
import type { OperationResult } from "../../../local/stack/operation";

const now = new Date("2027-04-10T00:00:00Z");

function updated(op: string, type: string, endDate: unknown, ok = true): OperationResult {
  const step = { urn: "u", type, name: "n", op, status: "done", seconds: 0, changes: [], inputs: { endDate } } as const;
  return {
    kind: "up",
    ok,
    interrupted: false,
    steps: [step],
    errors: [],
    warnings: [],
    notes: [],
    violations: [],
    outputs: {},
    programError: undefined,
    engineText: "",
    seconds: 1,
  };
}

it.each([
  ["whose end is past", "2027-04-09T00:00:00Z", true],
  ["that ends at this moment", "2027-04-10T00:00:00Z", true],
  ["that leaked, before its end", "2027-04-11T00:00:00Z", false],
  ["without an end", undefined, false],
])("an update that removes a client secret %s: %s, %s", (_, endDate, expected) => {
  expect(hasRemovedEnded(updated("delete", "azuread.ApplicationPassword", endDate), now)).toBe(expected);
});

it("an update that failed, makes one, or removes something else has removed none", () => {
  const end = "2027-04-09T00:00:00Z";
  expect(hasRemovedEnded(updated("delete", "azuread.ApplicationPassword", end, false), now)).toBe(false);
  expect(hasRemovedEnded(updated("create", "azuread.ApplicationPassword", end), now)).toBe(false);
  expect(hasRemovedEnded(updated("delete", "azuread.Application", end), now)).toBe(false);
});
