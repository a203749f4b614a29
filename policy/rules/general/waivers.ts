import { stackRule } from "../../rule/rule";
import { takeWaiverProblems } from "../../rule/waivers";

export const waiversInOrder = stackRule({
  name: "waivers-in-order",
  what: "Every waiver has a reason and is still running",
  why: "A waiver without an end turns the rule off.",
  fix: "renew the waiver with a reason and a date, or take it out of the rule's configuration, or of the component",
  source: [],
  severity: "high",
  level: "mandatory",
  check(stack) {
    for (const { rule, problem } of takeWaiverProblems()) stack.report(`${rule}: ${problem}`);
  },
});
