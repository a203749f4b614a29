import { rfc3339Problem } from "../../../../local/providers/azuread/goTime";

const as = (value: string, rest: string, element: string): string =>
  `parsing time "${value}" as "2006-01-02T15:04:05Z07:00": cannot parse "${rest}" as "${element}"`;

it.each(["2026-06-01T00:00:00Z", "2026-06-01T00:00:00.25+02:00", "2028-02-29T23:59:59Z"])("takes %s", (date) => {
  expect(rfc3339Problem(date)).toBeUndefined();
});

it.each([
  ["next year", as("next year", "next year", "2006")],
  ["2026-6-1", as("2026-6-1", "6-1", "01")],
  ["2026-06-01", as("2026-06-01", "", "T")],
  ["2026-06-01 00:00:00Z", as("2026-06-01 00:00:00Z", " 00:00:00Z", "T")],
  ["2026-06-01T00:00:00", as("2026-06-01T00:00:00", "", "Z07:00")],
  ["2026-13-01T00:00:00Z", 'parsing time "2026-13-01T00:00:00Z": month out of range'],
  ["2026-02-30T00:00:00Z", 'parsing time "2026-02-30T00:00:00Z": day out of range'],
  ["2026-06-01T24:00:00Z", 'parsing time "2026-06-01T24:00:00Z": hour out of range'],
  ["2026-06-01T00:00:00Z now", 'parsing time "2026-06-01T00:00:00Z now": extra text: " now"'],
])("refuses %s in Go's words", (date, words) => {
  expect(rfc3339Problem(date)).toBe(words);
});
