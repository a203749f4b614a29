import type { JSX } from "preact";
import type { AccessReport } from "../model/schema";
import type { Facts } from "./facts";

type Rule = NonNullable<AccessReport["policies"]>[number];

const titles: Readonly<Record<Rule["level"], string>> = {
  mandatory: "Violations, which stop a run",
  advisory: "Advisories",
  waived: "Waived",
  undecided: "Not decided until values are known",
};

/** What the policies found, by rule, with the setting that fixes it. */
export function Policies({ facts }: { readonly facts: Facts }): JSX.Element {
  const { policies, timeline } = facts.report;
  return (
    <>
      {policies === null ? (
        <p class="none">
          The policies were not asked: this report is made from a state. <code>daemon-access report --preview</code>{" "}
          asks them.
        </p>
      ) : (
        (Object.keys(titles) as Rule["level"][]).map((level) => {
          const rules = policies.filter((rule) => rule.level === level);
          if (rules.length === 0) return level === "mandatory" ? <p>No violations.</p> : null;
          return (
            <>
              <h3>
                {titles[level]} <span class="count">{rules.length}</span>
              </h3>
              {rules.map((rule) => (
                <RuleFound rule={rule} open={level === "mandatory"} />
              ))}
            </>
          );
        })
      )}
      <h3>Waivers</h3>
      {timeline.waivers.length === 0 ? (
        <p class="none">None.</p>
      ) : (
        <ul>
          {timeline.waivers.map(({ rule, resource, expires, reason, state }) => (
            <li>
              <code>{rule}</code> on <code>{resource}</code> until {expires} ({state}): {reason}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function RuleFound({
  rule: { rule, what, severity, fix, findings, stack },
  open,
}: {
  readonly rule: Rule;
  readonly open: boolean;
}): JSX.Element {
  return (
    <details class="rule" open={open}>
      <summary>
        <code>{rule}</code> {what}. <span class="count">{findings.length}</span>
        {severity !== undefined && <span class="kind"> {severity}</span>}
      </summary>
      {fix !== undefined && (
        <p>
          Fix in {stack}: {fix}
        </p>
      )}
      <ul>
        {findings.map(({ resource, problem, waived }) => (
          <li>
            {resource !== undefined && (
              <>
                <code>{resource}</code>:{" "}
              </>
            )}
            {problem}
            {waived && `. Waived until ${waived.until}: ${waived.reason}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
