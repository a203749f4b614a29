import { Problems } from "../../../components/checks/argumentError";
import { checkWaivers, waiverInputs, type WaiverArgs } from "../../../components/policies/waivers";

const waiver: WaiverArgs = { rule: "vault-rbac", reason: "an old reader until it moves", expires: "2030-01-31" };

function refused(given: WaiverArgs): string {
  const problems = new Problems("CredentialVault", "kv-daemons");
  checkWaivers(problems, [given]);
  try {
    problems.throwIfAny();
  } catch (error) {
    return String(error);
  }
  return "";
}

it("takes a waiver with a rule, a reason and a last day", () => {
  expect(refused(waiver)).toBe("");
  expect(refused({ ...waiver, resource: "kv-*" })).toBe("");
});

it.each([
  [
    { ...waiver, rule: "Vault RBAC" },
    'waivers[0].rule: got "Vault RBAC"; needed the name of a rule of the policy pack.',
  ],
  [{ ...waiver, reason: " " }, 'waivers[0].reason: got " "; needed why the finding may stay.'],
  [{ ...waiver, resource: "" }, "needed the name or URN of a resource"],
  [{ ...waiver, expires: "2030-02-30" }, 'waivers[0].expires: got "2030-02-30"; needed the last day it holds.'],
  [{ ...waiver, expires: "2030-13-01" }, 'waivers[0].expires: got "2030-13-01"; needed the last day it holds.'],
  [{ ...waiver, expires: "soon" }, 'waivers[0].expires: got "soon"; needed the last day it holds.'],
])("refuses %j", (given, told) => {
  expect(refused(given)).toContain(told);
});

it("registers nothing where there are none", () => {
  expect([waiverInputs(undefined), waiverInputs([]), waiverInputs([waiver])]).toEqual([{}, {}, { waivers: [waiver] }]);
});
