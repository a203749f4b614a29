import type { ReportViolation } from "@pulumi/policy";
import { waiversInCode } from "./codeWaivers";
import type { RuleText } from "./ruleText";
import { inSettings } from "./settingFix";
import {
  covers,
  daysLeft,
  ENDS_SOON_DAYS,
  noteWaiverProblems,
  readWaivers,
  waiverProblem,
  type Waiver,
} from "./waivers";

export interface Finding {
  /** What is wrong, without any secret value. */
  readonly problem: string;
  /** What to do, if it is not the rule's own fix. */
  readonly fix?: string;
  /** Softer than the rule's own level. */
  readonly level?: "advisory";
}

export type Report = (finding: string | Finding) => void;
export interface Subject {
  readonly name: string;
  readonly urn: string;
}

/** Where a rule's findings go: to the policy SDK, softened by the waivers in the rule's configuration. */
export class Findings {
  private readonly waivers;
  private readonly now = new Date();

  constructor(
    private readonly rule: RuleText,
    config: Readonly<Record<string, unknown>>,
    private readonly send: ReportViolation,
  ) {
    this.waivers = readWaivers(config);
    noteWaiverProblems(rule.name, this.waivers, this.now);
  }

  on(subject: Subject): Report {
    return (given) => {
      const finding = typeof given === "string" ? { problem: given } : given;
      const message = `${finding.problem}. Fix: ${finding.fix ?? this.rule.fix}.${inSettings(this.rule.setting)}`;
      const declared = [...this.waivers, ...waiversInCode(this.rule.name, subject.urn)];
      const covering = declared.filter((waiver) => covers(waiver, subject));
      const holding = covering.find((waiver) => waiverProblem(waiver, this.now) === undefined);

      if (holding) {
        const until = `Waived until ${holding.expires}: ${holding.reason.trim()}${this.endsSoon(holding)}`;
        this.sendDetailed({
          message: this.titled(`${until}. ${message}`),
          urn: subject.urn,
          enforcementLevel: "advisory",
        });
      } else if (finding.level) {
        this.sendDetailed({ message: this.titled(message), urn: subject.urn, enforcementLevel: finding.level });
      } else {
        const spoilt = covering.map((waiver) => ` Not waived: ${waiverProblem(waiver, this.now) ?? ""}.`).join("");
        this.send(message + spoilt, subject.urn);
      }
    };
  }

  private endsSoon({ expires }: Waiver): string {
    const days = daysLeft(expires, this.now);
    if (days > ENDS_SOON_DAYS) return "";
    return ` (ends ${days === 0 ? "today" : days === 1 ? "in 1 day" : `in ${days} days`})`;
  }

  private titled(message: string): string {
    return `${this.rule.what}\n${message}`;
  }

  /** The SDK takes an object with a level of its own, though its types name only the text. */
  private sendDetailed(violation: { message: string; urn: string; enforcementLevel: "advisory" }): void {
    (this.send as unknown as (violation: object) => void)(violation);
  }
}
