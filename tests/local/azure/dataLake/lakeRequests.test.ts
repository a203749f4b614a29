import { tenant } from "../../../../local/azure/landingZone/layout";
import { accountId, codeOf, LakeScenario, type Answer } from "./lakeScenario";

const dfs = "stlake.dfs";
const blob = "stlake.blob";

let scenario: LakeScenario;
beforeEach(async () => {
  scenario = await LakeScenario.open();
  await scenario.makeAccount("stlake");
  await scenario.container("PUT", "stlake", "forecasts", {});
  scenario.grant("deployer", "dataContributor", accountId("stlake"));
});
afterEach(() => scenario.azure.close());

const call = (method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Answer> =>
  scenario.data("deployer", method, dfs, path, { ...(body === undefined ? {} : { body }), headers: headers ?? {} });

const upload = async (path: string, text: string): Promise<void> => {
  await call("PUT", `/forecasts/${path}?resource=file`);
  await call("PATCH", `/forecasts/${path}?action=append&position=0`, text);
  expect((await call("PATCH", `/forecasts/${path}?action=flush&position=${text.length}`)).status).toBe(200);
};

it("asks for a token, and says where to get one", async () => {
  const response = await scenario.azure.fetch("https://stlake.dfs.core.windows.net/forecasts?resource=filesystem");
  expect(response.status).toBe(401);
  expect(response.headers.get("www-authenticate")).toBe(
    `Bearer authorization_uri=https://login.microsoftonline.com/${tenant.id}/oauth2/authorize resource_id=https://storage.azure.com`,
  );
  expect(await response.json()).toMatchObject({ error: { code: "NoAuthenticationInformation" } });
});

it("refuses a token for another resource", async () => {
  const url = "https://stlake.dfs.core.windows.net/forecasts?resource=filesystem&recursive=false";
  const refused = await scenario.azure.call("deployer", "https://vault.azure.net/.default", "GET", url);
  expect([refused.status, codeOf(refused)]).toEqual([401, "InvalidAuthenticationInfo"]);
});

it("refuses keys and shared access signatures in an account that forbids them", async () => {
  const url = "https://stlake.dfs.core.windows.net/forecasts?resource=filesystem";
  const withKey = await scenario.azure.fetch(url, { headers: { authorization: "SharedKey stlake:c2lnbmF0dXJl" } });
  const withSignature = await scenario.azure.fetch(`${url}&sv=2026-02-06&sig=c2lnbmF0dXJl`);
  for (const response of [withKey, withSignature]) {
    expect(response.status).toBe(403);
    expect(response.headers.get("x-ms-error-code")).toBe("KeyBasedAuthenticationNotPermitted");
  }
});

it("tells a missing path in JSON at the DFS host, in XML at the blob host, and in a header to HEAD", async () => {
  const asJson = await call("GET", "/forecasts/none.csv");
  expect(asJson.status).toBe(404);
  expect(asJson.body).toEqual({
    error: {
      code: "PathNotFound",
      message: expect.stringMatching(
        /^The specified path does not exist\.\nRequestId:[0-9a-f-]{36}\nTime:2026-03-01T09:00:00\.000Z$/,
      ) as string,
    },
  });
  const asXml = await scenario.data("deployer", "GET", blob, "/forecasts/none.csv");
  expect(asXml.headers.get("content-type")).toBe("application/xml");
  expect(asXml.body).toMatch(
    /^<\?xml version="1\.0" encoding="utf-8"\?><Error><Code>BlobNotFound<\/Code><Message>The specified path does not exist\.\nRequestId:/,
  );
  const head = await call("HEAD", "/forecasts/none.csv?action=getStatus");
  expect([head.status, head.body, codeOf(head)]).toEqual([404, "", "PathNotFound"]);
});

it("names a missing file system as each host names it", async () => {
  const atDfs = await call("GET", "/none?resource=filesystem&recursive=false");
  const atBlob = await scenario.data("deployer", "GET", blob, "/none?restype=container");
  expect([atDfs.status, codeOf(atDfs)]).toEqual([404, "FilesystemNotFound"]);
  expect([atBlob.status, codeOf(atBlob)]).toEqual([404, "ContainerNotFound"]);
});

it("shows appended data once it is flushed, and takes only a contiguous flush", async () => {
  await call("PUT", "/forecasts/f.csv?resource=file");
  const second = await call("PATCH", "/forecasts/f.csv?action=append&position=3", "def");
  expect(second.status).toBe(202);
  const gap = await call("PATCH", "/forecasts/f.csv?action=flush&position=6");
  expect([gap.status, codeOf(gap)]).toEqual([400, "InvalidFlushPosition"]);
  await call("PATCH", "/forecasts/f.csv?action=append&position=0", "abc");
  expect((await call("GET", "/forecasts/f.csv")).body).toBe("");
  expect((await call("PATCH", "/forecasts/f.csv?action=flush&position=6")).status).toBe(200);
  expect((await call("GET", "/forecasts/f.csv")).body).toBe("abcdef");
});

it("answers a range with 206, and one behind the end with 416", async () => {
  await upload("f.csv", "abcdef");
  const part = await call("GET", "/forecasts/f.csv", undefined, { range: "bytes=2-3" });
  expect([part.status, part.body, part.headers.get("content-range")]).toEqual([206, "cd", "bytes 2-3/6"]);
  const behind = await call("GET", "/forecasts/f.csv", undefined, { "x-ms-range": "bytes=6-9" });
  expect([behind.status, codeOf(behind)]).toEqual([416, "InvalidRange"]);
});

it("lists paths with numbers and booleans as strings", async () => {
  await upload("dir/f.csv", "abcdef");
  const listing = await call("GET", "/forecasts?resource=filesystem&recursive=true");
  expect(listing.body).toMatchObject({
    paths: [
      { name: "dir", isDirectory: "true", permissions: "rwxr-x---" },
      {
        name: "dir/f.csv",
        contentLength: "6",
        permissions: "rw-r-----",
        lastModified: "Sun, 01 Mar 2026 09:00:00 GMT",
      },
    ],
  });
});

it("takes a path that is percent-encoded whole", async () => {
  await upload("dir%2Ff.csv", "abc");
  expect((await call("GET", "/forecasts/dir/f.csv")).body).toBe("abc");
  expect((await call("HEAD", "/forecasts/%2F?action=getAccessControl")).headers.get("x-ms-owner")).toBe("$superuser");
});

it("refuses a file where a directory is, and a path below a file", async () => {
  await upload("dir/f.csv", "abc");
  for (const path of ["dir", "dir/f.csv/below"]) {
    const refused = await call("PUT", `/forecasts/${path}?resource=file`);
    expect([refused.status, codeOf(refused)]).toEqual([409, "PathConflict"]);
  }
});

it.each([
  ["SourcePathNotFound", 404, "/forecasts/new", "/forecasts/none"],
  ["RenameDestinationParentPathNotFound", 404, "/forecasts/none/new", "/forecasts/dir"],
  ["InvalidRenameSourcePath", 409, "/forecasts/dir/below", "/forecasts/dir"],
  ["InvalidSourceOrDestinationResourceType", 409, "/forecasts/other.csv", "/forecasts/dir"],
])("answers %s to a rename that cannot be", async (code, status, to, from) => {
  await upload("dir/f.csv", "abc");
  await upload("other.csv", "abc");
  const refused = await call("PUT", `${to}?mode=legacy`, undefined, { "x-ms-rename-source": from });
  expect([refused.status, codeOf(refused)]).toEqual([status, code]);
});

it("holds conditions against what is there", async () => {
  await upload("f.csv", "abc");
  const there = await call("PUT", "/forecasts/f.csv?resource=file", undefined, { "if-none-match": "*" });
  expect([there.status, codeOf(there)]).toEqual([409, "PathAlreadyExists"]);
  const stale = await call("DELETE", "/forecasts/f.csv", undefined, { "if-match": '"0x8D0"' });
  expect([stale.status, codeOf(stale)]).toEqual([412, "ConditionNotMet"]);
  expect((await call("GET", "/forecasts/f.csv")).body).toBe("abc");
});

it("writes and lists blobs at the blob host, where directories are prefixes", async () => {
  const put = await scenario.data("deployer", "PUT", blob, "/forecasts/dir/f.csv", {
    body: "abc",
    headers: { "x-ms-blob-type": "BlockBlob", "x-ms-meta-run": "7" },
  });
  expect(put.status).toBe(201);
  const head = await scenario.data("deployer", "HEAD", blob, "/forecasts/dir");
  expect(head.headers.get("x-ms-meta-hdi_isfolder")).toBe("true");
  const listing = await scenario.data("deployer", "GET", blob, "/forecasts?restype=container&comp=list&delimiter=/");
  expect(listing.body).toContain("<BlobPrefix><Name>dir/</Name><Properties>");
  expect((await call("GET", "/forecasts/dir/f.csv")).body).toBe("abc");
});

it("has nothing at the host of an account that is not there", async () => {
  const response = await scenario.azure.fetch("https://stnone.dfs.core.windows.net/forecasts?resource=filesystem");
  expect(response.status).toBe(404);
  expect(await response.text()).toBe(
    "There is no storage account at stnone.dfs.core.windows.net: in Azure this name would not resolve.\n",
  );
});

it("says plainly what it lacks", async () => {
  const answer = await scenario.data("deployer", "PUT", blob, "/forecasts/f.csv?comp=snapshot");
  expect([answer.status, codeOf(answer)]).toEqual([501, "NotImplemented"]);
  expect(answer.body).toContain("storage has no PUT /forecasts/f.csv with comp. Its README lists");
});

it("keeps files over a restart", async () => {
  await upload("dir/f.csv", "abc");
  await call("PATCH", "/forecasts/dir/f.csv?action=append&position=3", "def");
  await scenario.azure.restart();
  expect((await call("GET", "/forecasts/dir/f.csv")).body).toBe("abc");
  expect((await call("PATCH", "/forecasts/dir/f.csv?action=flush&position=6")).status).toBe(200);
  expect((await call("GET", "/forecasts/dir/f.csv")).body).toBe("abcdef");
});
