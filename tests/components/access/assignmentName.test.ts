import { assignmentName } from "../../../components/access/assignmentName";

const scope = "/subscriptions/s/resourceGroups/rg";

describe("a role assignment's name", () => {
  it("is a version-5 UUID", () => {
    expect(assignmentName(scope, "role", "principal")).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it("is the same for the same grant, whatever the case of its IDs", () => {
    expect(assignmentName(scope.toUpperCase(), "ROLE", "Principal")).toBe(assignmentName(scope, "role", "principal"));
  });

  it("stays what it was in earlier versions, or every grant would be made anew", () => {
    expect(assignmentName(scope, "role", "principal")).toBe("adbe4e8b-a48c-5758-968f-669db932c695");
  });

  it("differs with scope, role and principal", () => {
    const names = [
      assignmentName(scope, "role", "principal"),
      assignmentName(`${scope}2`, "role", "principal"),
      assignmentName(scope, "role2", "principal"),
      assignmentName(scope, "role", "principal2"),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
});
