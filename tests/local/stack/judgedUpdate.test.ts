import type { OperationResult } from "../../../local/output/operationResult";
import { judgedUpdate } from "../../../local/stack/judgedUpdate";

const step = {
  urn: "u",
  type: "t",
  name: "n",
  op: "create",
  status: "done",
  seconds: 0,
  changes: [],
  inputs: {},
} as const;
const violation = { rule: "r", level: "mandatory", what: "w", reason: "because" } as const;
const result = (fields: Partial<OperationResult>): OperationResult => ({
  kind: "up",
  ok: true,
  interrupted: false,
  steps: [step],
  errors: [],
  warnings: [],
  notes: [],
  violations: [],
  outputs: { a: 1 },
  programError: undefined,
  engineText: "",
  seconds: 1,
  ...fields,
});
const passed = result({ kind: "preview" });
const stopped = result({ kind: "preview", ok: false, violations: [violation] });

const verdict = { stands: jest.fn(), keep: jest.fn(), forget: jest.fn() };
const plan = jest.fn();
const update = jest.fn();

beforeEach(() => {
  jest.resetAllMocks();
  update.mockResolvedValue(result({}));
});

it("makes nothing of a plan that a policy stops, and says so as the update", async () => {
  plan.mockResolvedValue(stopped);
  expect(await judgedUpdate(verdict, { plan, update })).toEqual({
    ...stopped,
    kind: "up",
    steps: [],
    outputs: undefined,
  });
  expect(update).not.toHaveBeenCalled();
  expect(verdict.keep).not.toHaveBeenCalled();
});

it("makes nothing of a plan that was interrupted", async () => {
  plan.mockResolvedValue({ ...passed, interrupted: true });
  await judgedUpdate(verdict, { plan, update });
  expect(update).not.toHaveBeenCalled();
});

it("updates after a plan that passed, and keeps the verdict", async () => {
  plan.mockResolvedValue(passed);
  expect(await judgedUpdate(verdict, { plan, update })).toEqual(result({}));
  expect(verdict.keep).toHaveBeenCalledTimes(1);
});

it("updates at once while the verdict stands", async () => {
  verdict.stands.mockReturnValue(true);
  await judgedUpdate(verdict, { plan, update });
  expect(plan).not.toHaveBeenCalled();
});

it("forgets a verdict that the update's own resources contradict", async () => {
  verdict.stands.mockReturnValue(true);
  update.mockResolvedValue(result({ ok: false, violations: [violation] }));
  await judgedUpdate(verdict, { plan, update });
  expect(verdict.forget).toHaveBeenCalledTimes(1);
});
