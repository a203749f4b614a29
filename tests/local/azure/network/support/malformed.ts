import fc from "fast-check";

/** Stands wherever a client may put a secret: it must stand in no log. */
export const canary = "canary-8Q~secret";

/** A request that is wrong in some way, to one of Azure's hosts. */
export interface Malformed {
  readonly kind: string;
  readonly host: string;
  readonly bytes: Buffer;
  /** Whether the client sends no more: without that, the server would wait for the rest. */
  readonly ends: boolean;
  /** Whether it can be no request that anybody takes. The others may happen to be right. */
  readonly isHopeless: boolean;
}

/** An operation that requests are made wrong from. */
export interface Target {
  readonly host: string;
  readonly path: string;
  readonly authorization: string;
}

interface Head {
  readonly method?: string;
  readonly path?: string;
  readonly version?: string;
  readonly lines?: readonly string[];
  readonly body?: Buffer;
}

type Wrong = Omit<Malformed, "host">;

const crlf = "\r\n";

const bytesOf = ({ host, path, authorization }: Target, head: Head): Buffer =>
  Buffer.concat([
    Buffer.from(
      [
        `${head.method ?? "GET"} ${head.path ?? path} ${head.version ?? "HTTP/1.1"}`,
        ...(head.lines?.some((line) => /^host\b/i.test(line)) ? [] : [`host: ${host}`]),
        `authorization: ${authorization}`,
        `x-secret: ${canary}`,
        ...(head.lines ?? []),
        crlf,
      ].join(crlf),
      "latin1",
    ),
    head.body ?? Buffer.alloc(0),
  ]);

const chunked = "transfer-encoding: chunked";

const codes = [
  "%",
  "%zz",
  "%a",
  "%00",
  "%ff%fe",
  "%c0%af",
  "%ed%a0%80",
  "%2e%2e%2f",
  "%2f",
  "%25zz",
  "%0d%0a",
  "%u0041",
  "\xe9",
  "%f0%9f%98%80",
  "..",
  "//",
  "*",
];

/** Names that every object of JavaScript has something under, and what is nested too deeply to walk through. */
const awkward = [
  "constructor",
  "__proto__",
  "toString",
  "(".repeat(8_000),
  "not(".repeat(3_000),
  "a/".repeat(5_000),
  "a(".repeat(5_000),
];

const wrong =
  (kind: string, isHopeless: boolean, ends = false) =>
  (target: Target, head: Head): Wrong => ({ kind, isHopeless, ends, bytes: bytesOf(target, head) });

const json = (body: Buffer): Head => ({
  lines: ["content-type: application/json", `content-length: ${body.length}`],
  body,
});

/** Requests whose head no server reads. */
function heads(target: Target): fc.Arbitrary<Wrong> {
  const head = wrong("head", true, true);
  return fc.oneof(
    fc.stringMatching(/^[a-z@{}"()]{1,12}$/).map((method) => head(target, { method })),
    fc
      .constantFrom("HTTP/9.9", "HTTP/2.1", "HTTP/2.0", "HTTP/1,1", "SPDY", "HTTP/1.1 HTTP/1.1")
      .map((version) => head(target, { version })),
    fc
      .constantFrom(
        "no colon",
        ": no name",
        "a b: c",
        "na\x00me: value",
        "name: val\x00ue",
        "name : value",
        "n\x7f: v",
        "name: a\rb",
      )
      .map((line) => head(target, { lines: [line] })),
    fc
      .integer({ min: 17_000, max: 80_000 })
      .map((length) => head(target, { lines: [`x-long: ${"a".repeat(length)}`] })),
    fc.integer({ min: 17_000, max: 80_000 }).map((length) => head(target, { path: `/${"a".repeat(length)}` })),
    fc
      .constantFrom(
        "host: a b",
        `host: user:${canary}@graph.microsoft.com`,
        "host: ",
        "host: a\r\nhost: b",
        "host: [::1",
        "host: ../x",
      )
      .map((line) => wrong("host", true)(target, { lines: line.split(crlf) })),
    fc.uint8Array({ minLength: 1, maxLength: 400 }).map((bytes) => ({
      kind: "noise",
      isHopeless: true,
      ends: true,
      bytes: Buffer.concat([Buffer.from("\x16\x03"), bytes]),
    })),
  );
}

/** Requests that two servers could cut at different places, and bodies that are cut wrong. */
function framing(target: Target): fc.Arbitrary<Wrong> {
  const smuggled = `GET /smuggled HTTP/1.1${crlf}host: ${target.host}${crlf}${crlf}`;
  const post = (kind: string, lines: readonly string[], body: string): Wrong =>
    wrong(kind, true, true)(target, { method: "POST", lines, body: Buffer.from(body, "latin1") });
  return fc.oneof(
    fc
      .constantFrom("chunked", "Chunked", "chunked ", "identity, chunked")
      .map((encoding) =>
        post(
          "content-length and transfer-encoding",
          [`content-length: 5`, `transfer-encoding: ${encoding}`],
          `0${crlf}${crlf}${smuggled}`,
        ),
      ),
    fc
      .constantFrom("xchunked", "chunked, identity", "\x0bchunked", "chunked\x00")
      .map((encoding) =>
        post("transfer-encoding", [`transfer-encoding: ${encoding}`], `5${crlf}hello${crlf}0${crlf}${crlf}`),
      ),
    fc
      .constantFrom("-1", "+5", "0x10", "5 5", "1e3", "99999999999999999999999", "five")
      .map((length) => post("content-length", [`content-length: ${length}`], "hello")),
    fc.constant(post("two content-lengths", ["content-length: 5", "content-length: 6"], "hello!")),
    // Whoever refuses these two by their head alone never gets to see what is wrong.
    fc
      .constantFrom(
        "zz\r\nhello\r\n",
        `${"F".repeat(17)}\r\nhello\r\n`,
        "-5\r\nhello\r\n",
        "5hello\r\n",
        "5\r\nhelloX\r\n0\r\n\r\n",
      )
      .map((body) =>
        wrong("chunk", false, true)(target, { method: "POST", lines: [chunked], body: Buffer.from(body) }),
      ),
    fc
      .integer({ min: 6, max: 1_000_000 })
      .map((length) => [`content-length: ${length}`])
      .map((lines) =>
        wrong("body cut off", false, true)(target, { method: "POST", lines, body: Buffer.from("hello") }),
      ),
  );
}

/** Targets whose percent-codes are wrong, or stand for what no name has, and options that nobody foresees. */
function paths(target: Target): fc.Arbitrary<Wrong> {
  const code = fc.constantFrom(...codes);
  const text = fc.oneof(code, fc.constantFrom(...awkward));
  const option = fc.constantFrom(
    "$filter",
    "$select",
    "$expand",
    "$orderby",
    "$top",
    "$skiptoken",
    "comp",
    "restype",
    "api-version",
    "sig",
    "%zz",
  );
  const rest = target.path.replace(/[?].*/, "");
  const path = wrong("path", false);
  return fc.oneof(
    fc
      .tuple(text, fc.nat(rest.length))
      .map(([piece, at]) => path(target, { path: `/${rest.slice(1, at)}${piece}${rest.slice(Math.max(at, 1))}` })),
    fc.tuple(option, text).map(([name, value]) =>
      wrong("query", false)(target, {
        path: `${rest}?api-version=2024-03-01&${name}=${value.replaceAll(" ", "%20")}&sv=${canary}`,
      }),
    ),
    fc
      .constantFrom(
        "*",
        `https://user:${canary}@${target.host}/`,
        "http://example.org/",
        `https://${target.host}`,
        "https://:0/",
      )
      .map((form) => wrong("form of a target", false)(target, { path: form })),
  );
}

const depth = fc.constantFrom(50, 1_000, 5_000, 100_000);

/** Bodies that are no JSON, or JSON that no schema foresees. */
function bodies(target: Target): fc.Arbitrary<Wrong> {
  const body = fc.oneof(
    depth.map((levels) => "[".repeat(levels) + "]".repeat(levels)),
    depth.map((levels) => `${'{"properties":'.repeat(levels)}1${"}".repeat(levels)}`),
    depth.map((levels) => `{"location":"westeurope","tags":${'{"a":'.repeat(levels)}1${"}".repeat(levels)}}`),
    fc.constantFrom(
      "{",
      '{"a":}',
      "nul",
      "NaN",
      "1e999",
      '"text"',
      "null",
      "[]",
      "0",
      "true",
      '{"__proto__":{"a":1}}',
      '{"constructor":{"prototype":1}}',
      '"\\ud800"',
      `{"password":"${canary}"`,
    ),
    fc.json({ maxDepth: 6 }),
  );
  const binary = fc.oneof(
    body.map((text) => Buffer.from(text)),
    fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    body.map((text) => Buffer.concat([Buffer.from(text.slice(0, 1000)), Buffer.from([0xff, 0xfe, 0xc0, 0xaf])])),
    body.map((text) => Buffer.from(text.slice(0, 1000), "utf16le")),
  );
  return fc
    .tuple(fc.constantFrom("POST", "PUT", "PATCH"), binary)
    .map(([method, bytes]) => wrong("body", false)(target, { method, ...json(bytes) }));
}

/** Authorization headers that are no token. */
const callers = (target: Target): fc.Arbitrary<Wrong> =>
  fc
    .oneof(
      fc.constantFrom(
        "",
        "Bearer",
        "Bearer a.b.c",
        "Bearer ..",
        "Basic !!!",
        `Bearer ${Buffer.from("[".repeat(3000)).toString("base64url")}.e30.x`,
        "Bearer e30.e30.e30",
      ),
      fc.stringMatching(/^[!-~]{1,200}$/).map((text) => `Bearer ${text}`),
    )
    .map((authorization) => wrong("token", false)({ ...target, authorization }, {}));

/** Requests of every kind, to any of the targets. */
export const malformed = (targets: readonly Target[]): fc.Arbitrary<Malformed> =>
  fc
    .constantFrom(...targets)
    .chain((target) =>
      fc
        .oneof(heads(target), framing(target), paths(target), bodies(target), callers(target))
        .map((request) => ({ ...request, host: target.host })),
    );
