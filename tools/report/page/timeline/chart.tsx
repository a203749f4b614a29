import type { JSX } from "preact";
import { day, DAY } from "../dates";
import { byNumber, type Facts } from "../facts";
import { generationsBetween } from "./plan";

interface Span {
  readonly label: string;
  readonly starts: number;
  readonly ends: number;
  /** made: it is there; planned: the program makes it one day. */
  readonly style: "made" | "planned" | "certificate" | "waiver";
}
interface Row {
  readonly name: string;
  readonly spans: readonly Span[];
}

const NAMES = 190;
const WIDTH = 1000;
const LANE = 13;
const TOP = 22;

/** Bars for what is valid when, a row for each daemon; two lanes in a row, so that an overlap shows. */
export function Chart({
  facts,
  from,
  to,
  today,
  at,
}: {
  readonly facts: Facts;
  readonly from: number;
  readonly to: number;
  readonly today: number;
  readonly at: number;
}): JSX.Element {
  const rows = rowsOf(facts, from, to);
  const x = (time: number): number =>
    NAMES + ((Math.min(Math.max(time, from), to) - from) / (to - from)) * (WIDTH - NAMES - 8);
  const height = TOP + rows.length * (2 * LANE + 8) + 8;
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Chart of what is valid when, which scrolls">
      <svg
        style={{ minWidth: `${WIDTH * 0.8}px` }}
        role="img"
        aria-label="What is valid when; the list below tells it for the chosen day."
        width={WIDTH}
        height={height}
        viewBox={`0 0 ${WIDTH} ${height}`}
        class="chart"
      >
        {monthsBetween(from, to).map((month) => (
          <g class="month">
            <line x1={x(month)} x2={x(month)} y1={TOP - 4} y2={height} />
            <text x={x(month) + 3} y={TOP - 8}>
              {day(month).slice(0, 7)}
            </text>
          </g>
        ))}
        {rows.map(({ name, spans }, index) => {
          const y = TOP + index * (2 * LANE + 8);
          return (
            <g>
              <text x="4" y={y + LANE + 3} class="name">
                {name.length > 28 ? `${name.slice(0, 27)}…` : name}
              </text>
              {spans.map((span, lane) => (
                <g class={`span ${span.style}`}>
                  <title>{`${span.label}: ${day(span.starts)} to ${day(span.ends)}`}</title>
                  <rect
                    x={x(span.starts)}
                    y={y + (lane % 2) * LANE}
                    width={Math.max(2, x(span.ends) - x(span.starts))}
                    height={LANE - 2}
                    rx="3"
                  />
                  {x(span.ends) - x(span.starts) > span.label.length * 6 && (
                    <text x={x(span.starts) + 4} y={y + (lane % 2) * LANE + LANE - 4}>
                      {span.label}
                    </text>
                  )}
                </g>
              ))}
            </g>
          );
        })}
        <line class="today" x1={x(today)} x2={x(today)} y1={TOP - 4} y2={height} />
        <line class="at" x1={x(at)} x2={x(at)} y1={TOP - 4} y2={height} />
      </svg>
    </div>
  );
}

function rowsOf(facts: Facts, from: number, to: number): Row[] {
  const { credentials, schedules, waivers } = facts.report.timeline;
  const shown = credentials.filter(({ kind, ends }) => kind !== "vault secret" && ends !== undefined);
  const holders = [...new Set([...schedules, ...shown].map(({ of }) => of))];
  const rows = holders.map((of) => {
    const own = shown.filter((each) => each.of === of);
    const planned = schedules.filter((each) => each.of === of).flatMap((each) => generationsBetween(each, from, to));
    const made = new Map(planned.map((each) => [each.number, each]));
    const spans = [
      ...own.map(({ kind, name, generation, starts, ends = "" }): Span => {
        const begins = (generation === undefined ? undefined : made.get(generation)?.notBefore) ?? starts;
        const label = generation === undefined ? name : `generation ${generation}`;
        const first = begins === undefined ? from : Date.parse(begins);
        return { label, starts: first, ends: Date.parse(ends), style: kind === "certificate" ? "certificate" : "made" };
      }),
      ...planned
        .filter(({ number }) => number > Math.max(-1, ...own.map(({ generation = -1 }) => generation)))
        .map(({ number, notBefore, endDate }): Span => ({
          label: `generation ${number}`,
          starts: Date.parse(notBefore),
          ends: Date.parse(endDate),
          style: "planned",
        })),
    ];
    return { name: facts.label(of), spans: spans.sort((one, other) => one.starts - other.starts) };
  });
  const waived = waivers.map(({ rule, expires }) => ({
    name: `waiver: ${rule}`,
    spans: [
      { label: `until ${expires}`, starts: from, ends: Date.parse(`${expires}T23:59:59Z`), style: "waiver" as const },
    ],
  }));
  return [...rows.sort((one, other) => byNumber(one.name, other.name)), ...waived];
}

function monthsBetween(from: number, to: number): number[] {
  const months: number[] = [];
  const first = new Date(from);
  const step = to - from > 3 * 365 * DAY ? 6 : to - from > 500 * DAY ? 3 : 2;
  for (let index = 1; ; index += step) {
    const month = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + index, 1);
    if (month > to - 30 * DAY) return months;
    months.push(month);
  }
}
