import { storageScope } from "./lakeScenario";
import { BlobScenario, told } from "./blobScenario";
import type { Answer } from "./lakeScenario";

let blobs: BlobScenario;
beforeAll(async () => {
  blobs = await BlobScenario.open();
});
afterAll(() => blobs.close());

const url = (path: string): string => `https://stlake.blob.core.windows.net/forecasts${path}`;
const copy = (from: string, to: string, headers: Record<string, string> = {}): Promise<Answer> =>
  blobs.call("PUT", to, { headers: { "x-ms-copy-source": from, ...headers } });
const bearer = async (identity: "deployer" | "stranger"): Promise<Record<string, string>> => ({
  "x-ms-copy-source-authorization": `Bearer ${await blobs.lake.azure.token(identity, storageScope)}`,
});

it("copies a blob with what is said of it, and tells of the copy", async () => {
  await blobs.put("/from.csv", "abc", { "x-ms-meta-run": "7", "x-ms-blob-content-type": "text/csv" });
  const copied = await copy(url("/from.csv"), "/to.csv");
  expect([copied.status, copied.headers.get("x-ms-copy-status")]).toEqual([202, "success"]);
  const read = await blobs.call("GET", "/to.csv");
  const shown = ["content-type", "x-ms-meta-run", "x-ms-copy-id", "x-ms-copy-source", "x-ms-copy-progress"];
  expect([read.body, ...shown.map((name) => read.headers.get(name))]).toEqual([
    "abc",
    "text/csv",
    "7",
    copied.headers.get("x-ms-copy-id"),
    url("/from.csv"),
    "3/3",
  ]);
  await blobs.call("DELETE", "/from.csv");
  expect(await blobs.text("/to.csv")).toBe("abc");
  const aborted = await blobs.call("PUT", `/to.csv?comp=copy&copyid=${copied.headers.get("x-ms-copy-id") ?? ""}`, {
    headers: { "x-ms-copy-action": "abort" },
  });
  expect(told(aborted)).toEqual([409, "NoPendingCopyOperation"]);
  await blobs.call("PUT", "/to.csv?comp=metadata");
  expect((await blobs.call("HEAD", "/to.csv")).headers.get("x-ms-copy-id")).toBeNull();
});

it("holds conditions on both ends of a copy", async () => {
  const { headers } = await blobs.put("/c1.csv", "abc");
  await blobs.put("/c2.csv", "def");
  expect(told(await copy(url("/c1.csv"), "/c2.csv", { "if-none-match": "*" }))).toEqual([409, "BlobAlreadyExists"]);
  const source = { "x-ms-source-if-match": '"0x8D0"' };
  expect(told(await copy(url("/c1.csv"), "/c2.csv", source))).toEqual([412, "SourceConditionNotMet"]);
  const right = { "x-ms-source-if-match": headers.get("etag") ?? "" };
  expect((await copy(url("/c1.csv"), "/c2.csv", right)).status).toBe(202);
  expect(told(await copy(url("/none.csv"), "/c2.csv"))).toEqual([404, "BlobNotFound"]);
});

it("reads the source of a copy that waits by its own authorization", async () => {
  await blobs.put("/s1.csv", "abcdef");
  const waits = { "x-ms-requires-sync": "true" };
  expect(told(await copy(url("/s1.csv"), "/s2.csv", waits))).toEqual([401, "CannotVerifyCopySource"]);
  const stranger = { ...waits, ...(await bearer("stranger")) };
  expect(told(await copy(url("/s1.csv"), "/s2.csv", stranger))).toEqual([403, "CannotVerifyCopySource"]);
  const own = await bearer("deployer");
  expect((await copy(url("/s1.csv"), "/s2.csv", { ...waits, ...own })).status).toBe(202);
  expect((await copy(url("/s1.csv"), "/s3.csv", { ...own, "x-ms-blob-type": "BlockBlob" })).status).toBe(201);
  expect([await blobs.text("/s2.csv"), await blobs.text("/s3.csv")]).toEqual(["abcdef", "abcdef"]);
  const block = { ...own, "x-ms-source-range": "bytes=2-3" };
  expect((await copy(url("/s1.csv"), "/s4.csv?comp=block&blockid=YQ==", block)).status).toBe(201);
  await blobs.call("PUT", "/s4.csv?comp=blocklist", { body: "<BlockList><Latest>YQ==</Latest></BlockList>" });
  expect(await blobs.text("/s4.csv")).toBe("cd");
});

it.each([
  ["from another account", "https://stother.blob.core.windows.net/forecasts/f.csv"],
  ["from elsewhere", "https://example.org/f.csv"],
  ["of a snapshot", `${url("/s1.csv")}?snapshot=2026-03-01T09:00:00.0000000Z`],
])("answers a copy %s with 501, not with a copy", async (_what, source) => {
  expect(told(await copy(source, "/never.csv"))).toEqual([501, "NotImplemented"]);
  const { status, headers } = await blobs.call("HEAD", "/never.csv");
  // The C++ SDK reads what a content type announces, and ends its process where nothing comes.
  expect([status, headers.get("content-type")]).toEqual([404, null]);
});

it("deletes many blobs at once, each with its own authorization and its own answer", async () => {
  await blobs.put("/b1.csv", "x");
  await blobs.put("/b2.csv", "x");
  const token = async (identity: "deployer" | "stranger"): Promise<string> =>
    `Authorization: Bearer ${await blobs.lake.azure.token(identity, storageScope)}`;
  const part = (id: number, path: string, authorization: string): string =>
    `--batch\r\nContent-Type: application/http\r\nContent-ID: ${id}\r\n\r\nDELETE /forecasts${path} HTTP/1.1\r\n${authorization}\r\nContent-Length: 0\r\n\r\n`;
  const deployer = await token("deployer");
  const body = `${part(0, "/b1.csv", deployer)}${part(1, "/b2.csv", await token("stranger"))}${part(2, "/none.csv", deployer)}--batch--\r\n`;
  const answer = await blobs.call("POST", "?restype=container&comp=batch", {
    body,
    headers: { "content-type": "multipart/mixed; boundary=batch" },
  });
  expect(answer.status).toBe(202);
  const statuses = [...String(answer.body).matchAll(/Content-ID: (\d)\r\n\r\nHTTP\/1\.1 (\d+)/g)];
  expect(statuses.map(([, id, status]) => `${id ?? ""}:${status ?? ""}`)).toEqual(["0:202", "1:403", "2:404"]);
  expect([(await blobs.call("HEAD", "/b1.csv")).status, (await blobs.call("HEAD", "/b2.csv")).status]).toEqual([
    404, 200,
  ]);
});

it("keeps the letter case of metadata, and refuses a name that is no identifier", async () => {
  await blobs.put("/meta.csv", "x", { "x-ms-meta-RunId": "7" });
  expect((await blobs.call("GET", "?restype=container&comp=list&prefix=meta&include=metadata")).body).toContain(
    "<Metadata><RunId>7</RunId></Metadata>",
  );
  expect(told(await blobs.put("/meta.csv", "x", { "x-ms-meta-run-id": "7" }))).toEqual([400, "InvalidMetadata"]);
});
