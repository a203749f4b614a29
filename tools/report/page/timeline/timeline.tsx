import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { AccessReport } from "../../model/schema";
import { day, days, daysTo, DAY } from "../dates";
import { byNumber, type Facts } from "../facts";
import { Chart } from "./chart";
import { planOn } from "./plan";

type Timeline = AccessReport["timeline"];

/** What begins and ends, and what the program does on any day. */
export function Timeline({ facts }: { readonly facts: Facts }): JSX.Element {
  const { timeline, asOf } = facts.report;
  const today = Date.parse(asOf);
  const range = useMemo(() => rangeOf(timeline, today), [timeline]);
  const [at, setAt] = useState(today);
  const last = Math.floor((range.to - range.from) / DAY);
  return (
    <>
      <label class="slider">
        Day{" "}
        <input
          type="range"
          min={0}
          max={last}
          value={Math.floor((at - range.from) / DAY)}
          aria-valuetext={day(at)}
          onInput={({ currentTarget }) => {
            const chosen = range.from + Number(currentTarget.value) * DAY;
            setAt(day(chosen) === day(today) ? today : chosen);
          }}
        />{" "}
        <output>
          {day(at)}
          {at === today
            ? ", as of this report"
            : `, ${days(Math.abs(daysTo(today, at)))} ${at > today ? "later" : "earlier"}`}
        </output>
      </label>
      <Chart facts={facts} from={range.from} to={range.to} today={today} at={at} />
      <h3 id="plan">On {day(at)}</h3>
      <div aria-live="polite" aria-labelledby="plan" role="group">
        <Plan facts={facts} at={at} />
      </div>
    </>
  );
}

function Plan({ facts, at }: { readonly facts: Facts; readonly at: number }): JSX.Element {
  const { credentials, schedules, consents, waivers } = facts.report.timeline;
  const scheduled = new Set(schedules.map(({ of }) => of));
  const others = credentials.filter(
    ({ of, kind }) => kind === "certificate" || (kind === "client secret" && !scheduled.has(of)),
  );
  const presentOf = (of: string): number[] =>
    credentials.flatMap((each) => (each.of === of && each.generation !== undefined ? [each.generation] : []));
  const items = [
    ...schedules.map((schedule) => ({
      name: facts.label(schedule.of),
      text: planOn(schedule, at, presentOf(schedule.of)),
    })),
    ...others.map(({ of, kind, name, ends }) => ({
      name: facts.label(of),
      text: `${kind} ${name} ${ends === undefined ? "has no end that is known" : Date.parse(ends) <= at ? `has ended, on ${day(ends)}` : `ends on ${day(ends)}, in ${days(daysTo(at, ends))}`}.`,
    })),
    ...consents.map(({ of, permissions }) => ({
      name: facts.label(of),
      text: `An administrator's consent is pending: ${permissions.join(", ")}.`,
    })),
    ...waivers.map(({ rule, resource, expires }) => ({
      name: rule,
      text: `The waiver for ${resource} ${Date.parse(`${expires}T23:59:59Z`) < at ? "has ended, on" : "holds until"} ${expires}.`,
    })),
  ];
  if (items.length === 0) return <p class="none">Nothing turns or ends.</p>;
  return (
    <ul class="plan">
      {grouped(items).map(([text, names]) => (
        <li>
          <b>{names.length > MOST_NAMES ? `${names.length} daemons` : names.join(", ")}</b>: {text}
          {names.length > MOST_NAMES && (
            <details>
              <summary>Which</summary>
              {names.join(", ")}
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

/** More names than this are counted first. */
const MOST_NAMES = 6;

/** What is so of several, once. */
function grouped(
  items: readonly { readonly name: string; readonly text: string }[],
): [text: string, names: string[]][] {
  const groups = new Map<string, string[]>();
  for (const { name, text } of items) groups.set(text, [...(groups.get(text) ?? []), name].sort(byNumber));
  return [...groups];
}

/** From the first of what is valid to a year ahead, or to the last end within five. */
function rangeOf({ credentials, waivers }: Timeline, today: number): { readonly from: number; readonly to: number } {
  const starts = credentials.flatMap(({ starts: start }) => (start === undefined ? [] : [Date.parse(start)]));
  const ends = [
    ...credentials.flatMap(({ ends: end }) => (end === undefined ? [] : [Date.parse(end)])),
    ...waivers.map(({ expires }) => Date.parse(expires)),
  ].filter((time) => time < today + 5 * 365 * DAY);
  const from = Math.max(today - 400 * DAY, Math.min(today - 30 * DAY, ...starts));
  const midnight = Date.parse(day(from));
  return { from: midnight, to: Math.max(today + 365 * DAY, ...ends.map((end) => end + 30 * DAY)) };
}
