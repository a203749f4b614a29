import { planOn } from "../../../tools/report/page/timeline/plan";

const schedule = {
  of: "loader",
  stack: "prod",
  startsAt: "2030-01-01T00:00:00Z",
  everyDays: 90,
  overlapDays: 14,
};

it("leaves a generation that is staged before its start out of what a run removes", () => {
  const plan = planOn(schedule, Date.parse("2030-03-31T00:00:00Z"), [0, 1]);
  expect(plan).toMatch(/^Generation 0 is in use/);
  expect(plan).not.toContain("removes");
});

it("tells what a run removes and makes", () => {
  const plan = planOn(schedule, Date.parse("2030-04-20T00:00:00Z"), [0]);
  expect(plan).toContain("A run on this day makes generation 1. It removes generation 0.");
});
