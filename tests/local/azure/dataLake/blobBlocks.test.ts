import { createHash } from "node:crypto";
import { base64, BlobScenario, told } from "./blobScenario";
import type { Answer } from "./lakeScenario";

let blobs: BlobScenario;
beforeAll(async () => {
  blobs = await BlobScenario.open();
});
afterAll(() => blobs.close());

const putBlock = (path: string, id: string, body: string, headers: Record<string, string> = {}): Promise<Answer> =>
  blobs.call("PUT", `${path}?comp=block&blockid=${encodeURIComponent(id)}`, { body, headers });

const commit = (path: string, entries: string, headers: Record<string, string> = {}): Promise<Answer> =>
  blobs.call("PUT", `${path}?comp=blocklist`, {
    body: `<?xml version="1.0" encoding="utf-8"?>\n<BlockList>${entries}</BlockList>`,
    headers,
  });

const blockList = async (path: string, kind: string): Promise<unknown> =>
  (await blobs.call("GET", `${path}?comp=blocklist&blocklisttype=${kind}`)).body;

const latest = (...ids: string[]): string => ids.map((id) => `<Latest>${id}</Latest>`).join("\n");
const [a, b, c] = ["a", "b", "c"].map(base64) as [string, string, string];

it("makes a blob of blocks in the order of the list, which replaces what was there", async () => {
  await putBlock("/order.txt", a, "one ");
  await putBlock("/order.txt", b, "two ");
  expect(told(await blobs.call("GET", "/order.txt"))).toEqual([404, "BlobNotFound"]);
  const done = await commit("/order.txt", latest(b, a), { "x-ms-meta-run": "7", "x-ms-blob-content-type": "text/csv" });
  expect(done.status).toBe(201);
  const read = await blobs.call("GET", "/order.txt");
  expect([read.body, read.headers.get("content-type"), read.headers.get("x-ms-meta-run")]).toEqual([
    "two one ",
    "text/csv",
    "7",
  ]);
  await commit("/order.txt", `<Committed>${a}</Committed>`);
  const after = await blobs.call("GET", "/order.txt");
  expect([after.body, after.headers.get("x-ms-meta-run")]).toEqual(["one ", null]);
  expect((await blobs.lake.data("deployer", "GET", "stlake.dfs", "/forecasts/order.txt")).body).toBe("one ");
});

it("looks for a block where its entry says: among the uncommitted ones, the committed ones, or first the former", async () => {
  await putBlock("/where.txt", a, "old");
  await commit("/where.txt", latest(a));
  await putBlock("/where.txt", a, "new");
  expect(told(await commit("/where.txt", `<Uncommitted>${b}</Uncommitted>`))).toEqual([400, "InvalidBlockList"]);
  expect(told(await commit("/where.txt", `<Committed>${c}</Committed>`))).toEqual([400, "InvalidBlockList"]);
  await commit("/where.txt", `<Committed>${a}</Committed><Uncommitted>${a}</Uncommitted>`);
  expect(await blobs.text("/where.txt")).toBe("oldnew");
  expect(await blockList("/where.txt", "uncommitted")).toContain("<UncommittedBlocks></UncommittedBlocks>");
});

it("lists committed and uncommitted blocks with their sizes, and discards what a list leaves out", async () => {
  await putBlock("/list.txt", b, "12");
  await putBlock("/list.txt", a, "1");
  expect(await blockList("/list.txt", "all")).toContain(
    `<BlockList><CommittedBlocks></CommittedBlocks><UncommittedBlocks><Block><Name>${a}</Name><Size>1</Size></Block>` +
      `<Block><Name>${b}</Name><Size>2</Size></Block></UncommittedBlocks></BlockList>`,
  );
  await commit("/list.txt", latest(b));
  const answer = await blobs.call("GET", "/list.txt?comp=blocklist&blocklisttype=all");
  expect(answer.body).toContain(
    `<CommittedBlocks><Block><Name>${b}</Name><Size>2</Size></Block></CommittedBlocks><UncommittedBlocks></UncommittedBlocks>`,
  );
  expect(answer.headers.get("x-ms-blob-content-length")).toBe("2");
  expect(told(await blobs.call("GET", "/none.txt?comp=blocklist"))).toEqual([404, "BlobNotFound"]);
});

it("lists a blob of uncommitted blocks alone where it is asked to", async () => {
  await putBlock("/pending/p.txt", a, "1");
  const list = "?restype=container&comp=list&prefix=pending/";
  expect((await blobs.call("GET", list)).body).not.toContain("p.txt");
  expect((await blobs.call("GET", `${list}&include=uncommittedblobs`)).body).toContain("<Name>pending/p.txt</Name>");
});

it.each([
  ["has none", "/ids.txt?comp=block", "MissingRequiredQueryParameter"],
  ["is not base64", "/ids.txt?comp=block&blockid=a!", "InvalidBlockId"],
  ["is longer than 64 bytes", `/ids.txt?comp=block&blockid=${base64("x".repeat(66))}`, "InvalidQueryParameterValue"],
])("refuses a block whose ID %s", async (_what, path, code) => {
  expect(told(await blobs.call("PUT", path, { body: "x" }))).toEqual([400, code]);
});

it("refuses a block whose ID is not as long as the others', and one without content", async () => {
  await putBlock("/lengths.txt", a, "x");
  expect(told(await putBlock("/lengths.txt", base64("a longer one"), "x"))).toEqual([400, "InvalidBlobOrBlock"]);
  expect(told(await putBlock("/lengths.txt", b, ""))).toEqual([400, "InvalidHeaderValue"]);
});

it("refuses a list that is no XML, and one of more than 50,000 blocks", async () => {
  await putBlock("/long.txt", a, "x");
  const broken = await blobs.call("PUT", "/long.txt?comp=blocklist", { body: "<BlockList><Latest>" });
  expect(told(broken)).toEqual([400, "InvalidXmlDocument"]);
  expect(told(await commit("/long.txt", latest(a).repeat(50_001)))).toEqual([400, "BlockListTooLong"]);
  expect((await commit("/long.txt", latest(a).repeat(50_000))).status).toBe(201);
  expect((await blobs.call("HEAD", "/long.txt")).headers.get("content-length")).toBe("50000");
});

it("takes a blob only where it is not there yet, or as it was read", async () => {
  await putBlock("/if.txt", a, "x");
  const first = await commit("/if.txt", latest(a), { "if-none-match": "*" });
  await putBlock("/if.txt", a, "y");
  expect(told(await commit("/if.txt", latest(a), { "if-none-match": "*" }))).toEqual([409, "BlobAlreadyExists"]);
  expect(told(await commit("/if.txt", latest(a), { "if-match": '"0x8D0"' }))).toEqual([412, "ConditionNotMet"]);
  expect((await commit("/if.txt", latest(a), { "if-match": first.headers.get("etag") ?? "" })).status).toBe(201);
  expect(await blobs.text("/if.txt")).toBe("y");
  expect(told(await blobs.put("/if.txt", "z", { "if-none-match": "*" }))).toEqual([409, "BlobAlreadyExists"]);
});

it("compares what arrives with the checksum sent, and says what arrived", async () => {
  const md5 = createHash("md5").update("123456789").digest("base64");
  expect(told(await putBlock("/sums.txt", a, "1", { "content-md5": md5 }))).toEqual([400, "Md5Mismatch"]);
  expect((await putBlock("/sums.txt", a, "123456789", { "content-md5": md5 })).headers.get("content-md5")).toBe(md5);
  const plain = await putBlock("/sums.txt", a, "123456789");
  // The check value of this CRC64, ae8b14860a799888, from its lowest byte on.
  const crc = Buffer.from("8898790a86148bae", "hex").toString("base64");
  expect(plain.headers.get("x-ms-content-crc64")).toBe(crc);
  expect((await putBlock("/sums.txt", a, "123456789", { "x-ms-content-crc64": crc })).status).toBe(201);
  expect(told(await putBlock("/sums.txt", a, "1", { "x-ms-content-crc64": crc }))).toEqual([400, "Crc64Mismatch"]);
  expect((await blobs.put("/whole.txt", "123456789")).headers.get("content-md5")).toBe(md5);
  const part = await blobs.call("GET", "/whole.txt", {
    headers: { "x-ms-range": "bytes=0-0", "x-ms-range-get-content-md5": "true" },
  });
  expect([part.headers.get("content-md5"), part.headers.get("x-ms-blob-content-md5")]).toEqual([
    createHash("md5").update("1").digest("base64"),
    md5,
  ]);
});

it("appends to an append blob at the place and up to the size that are asked for", async () => {
  expect((await blobs.put("/app.log", "", { "x-ms-blob-type": "AppendBlob" })).status).toBe(201);
  const append = (body: string, headers: Record<string, string> = {}): Promise<Answer> =>
    blobs.call("PUT", "/app.log?comp=appendblock", { body, headers });
  await append("one\n");
  const second = await append("two\n", { "x-ms-blob-condition-appendpos": "4" });
  expect([second.status, second.headers.get("x-ms-blob-append-offset")]).toEqual([201, "4"]);
  expect(second.headers.get("x-ms-blob-committed-block-count")).toBe("2");
  const misplaced = await append("x", { "x-ms-blob-condition-appendpos": "4" });
  expect(told(misplaced)).toEqual([412, "AppendPositionConditionNotMet"]);
  const over = await append("x", { "x-ms-blob-condition-maxsize": "8" });
  expect(told(over)).toEqual([412, "MaxBlobSizeConditionNotMet"]);
  const head = await blobs.call("HEAD", "/app.log");
  expect([await blobs.text("/app.log"), head.headers.get("x-ms-blob-type")]).toEqual(["one\ntwo\n", "AppendBlob"]);
  expect(told(await putBlock("/app.log", a, "x"))).toEqual([409, "InvalidBlobType"]);
  await blobs.put("/plain.txt", "x");
  const plain = await blobs.call("PUT", "/plain.txt?comp=appendblock", { body: "x" });
  expect(told(plain)).toEqual([409, "InvalidBlobType"]);
});

it("keeps uncommitted blocks over a restart", async () => {
  await putBlock("/kept.txt", a, "still here");
  await blobs.lake.azure.restart();
  await commit("/kept.txt", latest(a));
  expect(await blobs.text("/kept.txt")).toBe("still here");
});

it("makes a directory of an empty blob that is marked as one", async () => {
  expect((await blobs.put("/marked", "", { "x-ms-meta-hdi_isfolder": "true" })).status).toBe(201);
  const listing = await blobs.lake.data(
    "deployer",
    "GET",
    "stlake.dfs",
    "/forecasts?resource=filesystem&recursive=false",
  );
  const paths = (listing.body as { paths: { name: string; isDirectory?: string }[] }).paths;
  expect(paths.find(({ name }) => name === "marked")?.isDirectory).toBe("true");
  expect(told(await blobs.put("/marked", "x"))).toEqual([409, "ResourceTypeMismatch"]);
});
