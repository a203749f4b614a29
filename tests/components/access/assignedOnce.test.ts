import * as pulumi from "@pulumi/pulumi";
import { assignedOnce } from "../../../components/access/assignedOnce";
import { assignmentName } from "../../../components/access/assignmentName";

const grant = ["/roles/reader", "principal", "/scope"] as const;
const [role, principal, scope] = grant;

describe("a role assignment's name in a run", () => {
  const stack = jest.spyOn(pulumi.runtime, "getStackResource");
  const run = () => Object.create(pulumi.runtime.Stack.prototype) as pulumi.runtime.Stack;
  afterAll(() => {
    stack.mockRestore();
  });

  it("is of one resource: a second one is refused with the names of both", () => {
    stack.mockReturnValue(run());
    expect(assignedOnce("loader-role", grant)).toBe(assignmentName(scope, role, principal));
    expect(assignedOnce("loader-role", [role, "another", scope])).toBe(assignmentName(scope, role, "another"));
    expect(() => assignedOnce("mailer-role", [role, principal.toUpperCase(), scope])).toThrow(
      "mailer-role: loader-role assigns the same role (/roles/reader) to the same principal (PRINCIPAL) at the same scope (/scope), and Azure takes an assignment once. Remove one of the two.",
    );
  });

  it("is free again in the next run of the process", () => {
    stack.mockReturnValueOnce(run()).mockReturnValueOnce(run());
    expect(assignedOnce("loader-role", grant)).toBe(assignedOnce("mailer-role", grant));
  });
});
