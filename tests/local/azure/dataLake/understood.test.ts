import { BlobScenario, told } from "./blobScenario";

let blobs: BlobScenario;
beforeAll(async () => {
  blobs = await BlobScenario.open();
  await blobs.put("/f.csv", "abcdef");
});
afterAll(() => blobs.close());

const asked = async (host: "blob" | "dfs", method: string, path: string, headers = {}): Promise<[number, unknown]> =>
  told(await blobs.lake.data("deployer", method, `stlake.${host}`, `/forecasts${path}`, { headers }));

it.each<["blob" | "dfs", string, string]>([
  ["blob", "GET", "/f.csv?snapshot=2026-03-01T09:00:00.0000000Z"],
  ["blob", "GET", "/f.csv?versionid=2026-03-01T09:00:00.0000000Z"],
  ["blob", "GET", "/f.csv?comp=tags"],
  ["blob", "PUT", "/f.csv?comp=tier"],
  ["blob", "DELETE", "/f.csv?deletetype=permanent"],
  ["blob", "GET", "?restype=container&comp=list&include=deleted"],
  ["blob", "GET", "?restype=container&comp=list&showonly=directories"],
  ["blob", "GET", "?restype=container&comp=acl"],
  ["dfs", "GET", "?resource=filesystem&recursive=true&upn=true"],
  ["dfs", "PATCH", "/f.csv?action=flush&position=6&retainUncommittedData=true"],
])("answers 501 at the %s host to %s %s, and logs it as unknown", async (host, method, path) => {
  const logged: unknown[] = [];
  const stop = blobs.lake.azure.azure.requests.listen(({ status, unknown }) => logged.push([status, unknown]));
  expect(await asked(host, method, path)).toEqual([501, "NotImplemented"]);
  stop();
  expect(logged.at(-1)).toEqual([501, true]);
  expect(await blobs.text("/f.csv")).toBe("abcdef");
});

it("answers 501 to what an account's key signs, where the account allows keys, and to who asks for a key to sign with", async () => {
  await blobs.lake.makeAccount("stkeys", { allowSharedKeyAccess: true });
  const url = "https://stkeys.blob.core.windows.net";
  const signed = { authorization: "SharedKey stkeys:c2lnbmF0dXJl" };
  const byKey = await blobs.lake.azure.fetch(`${url}/?comp=list`, { headers: signed });
  expect([byKey.status, await byKey.text()]).toEqual([
    501,
    expect.stringContaining("Local Azure does not support account keys"),
  ]);
  const delegation = "/?restype=service&comp=userdelegationkey";
  expect(told(await blobs.lake.data("administrator", "POST", "stkeys.blob", delegation))).toEqual([
    501,
    "NotImplemented",
  ]);
});

it.each([
  ["PUT", { "x-ms-blob-type": "PageBlob" }],
  ["PUT", { "x-ms-blob-type": "BlockBlob", "x-ms-access-tier": "Archive" }],
  ["PUT", { "x-ms-blob-type": "BlockBlob", "x-ms-tags": "a=b" }],
  ["PUT", { "x-ms-blob-type": "BlockBlob", "x-ms-encryption-scope": "mine" }],
  ["GET", { "x-ms-if-tags": "\"a\" = 'b'" }],
  ["GET", { "x-ms-encryption-key": "c2VjcmV0" }],
  ["GET", { range: "bytes=-3" }],
  ["DELETE", { "x-ms-delete-snapshots": "only" }],
])("answers 501 to %s with %j, and does nothing", async (method, headers) => {
  expect(await asked("blob", method, "/f.csv", headers)).toEqual([501, "NotImplemented"]);
  expect(await blobs.text("/f.csv")).toBe("abcdef");
});

it("never announces content that an answer to HEAD, or one of 304, does not have", async () => {
  const etag = (await blobs.call("HEAD", "/f.csv")).headers.get("etag") ?? "";
  const url = "https://stlake.blob.core.windows.net/forecasts/f.csv";
  const answers = [
    await blobs.call("HEAD", "/none.csv"),
    await blobs.call("HEAD", "/f.csv", { headers: { "if-match": '"0x8D0"' } }),
    await blobs.call("HEAD", "/f.csv?snapshot=2026-03-01T09:00:00.0000000Z"),
    await blobs.call("GET", "/f.csv", { headers: { "if-none-match": etag } }),
    await blobs.lake.data("deployer", "HEAD", "stlake.dfs", "/forecasts/none.csv"),
    await blobs.lake.azure.fetch(url, { method: "HEAD" }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 412, 501, 304, 404, 401]);
  expect(answers.map(({ headers }) => headers.get("content-type"))).toEqual(answers.map(() => null));
});

it.each([
  "https://management.azure.com/subscriptions/none?api-version=2022-12-01",
  "https://graph.microsoft.com/v1.0/none",
  "https://kv-none.vault.azure.net/secrets/none?api-version=7.4",
  "https://login.microsoftonline.com/none",
  "https://contosodatalake.azuredatalakestore.net/webhdfs/v1/none?op=OPEN",
  "https://crmlwforecast.azurecr.io/v2/none",
  "https://stnone.blob.core.windows.net/forecasts",
])("sends no content type without a length to HEAD of %s", async (url) => {
  const { status, headers } = await blobs.lake.azure.fetch(url, { method: "HEAD" });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(headers.get("content-type") === null || Number(headers.get("content-length")) > 0).toBe(true);
});
