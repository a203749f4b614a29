const layout = "2006-01-02T15:04:05Z07:00";

/** The parts of Go's layout for RFC 3339: how each reads, and the range of its number. */
const elements: readonly (readonly [element: string, pattern: RegExp, name?: string, least?: number, most?: number])[] =
  [
    ["2006", /^\d{4}/],
    ["-", /^-/],
    ["01", /^\d{2}/, "month", 1, 12],
    ["-", /^-/],
    ["02", /^\d{2}/, "day", 1, 31],
    ["T", /^T/],
    ["15", /^\d{2}/, "hour", 0, 23],
    [":", /^:/],
    ["04", /^\d{2}/, "minute", 0, 59],
    [":", /^:/],
    ["05", /^\d{2}([.,]\d+)?/, "second", 0, 59],
    ["Z07:00", /^(Z|[+-]\d{2}:\d{2})/],
  ];

/** What Go's time.Parse says of a text that is no RFC 3339 date; undefined where it is one. */
export function rfc3339Problem(value: string): string | undefined {
  const said = `parsing time ${JSON.stringify(value)}`;
  let rest = value;
  for (const [element, pattern, name, least = 0, most = 0] of elements) {
    const [found] = pattern.exec(rest) ?? [];
    if (found === undefined) {
      return `${said} as ${JSON.stringify(layout)}: cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(element)}`;
    }
    const number = Number(found.slice(0, 2));
    if (name !== undefined && (number < least || number > most)) {
      return `${said}: ${name} out of range`;
    }
    rest = rest.slice(found.length);
  }
  if (rest !== "") {
    return `${said}: extra text: ${JSON.stringify(rest)}`;
  }
  return isDay(value) ? undefined : `${said}: day out of range`;
}

/** Whether the month has the day. */
function isDay(value: string): boolean {
  const day = value.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}
