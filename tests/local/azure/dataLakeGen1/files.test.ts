import { dataLakeStoreId, identities, tenant } from "../../../../local/azure/landingZone/layout";
import { refusal, StoreScenario, type Answer } from "./storeScenario";

const { administrator } = identities;

let scenario: StoreScenario;
beforeEach(async () => {
  scenario = await StoreScenario.open();
});
afterEach(() => scenario.azure.close());

const call = (method: string, path: string, body?: string, root?: string): Promise<Answer> =>
  scenario.lake("administrator", method, path, body, root);
const text = async (path: string): Promise<unknown> => (await call("GET", `${path}?op=OPEN&read=true`)).body;
const namesOf = ({ body }: Answer): string[] =>
  (body as { FileStatuses: { FileStatus: { pathSuffix: string }[] } }).FileStatuses.FileStatus.map(
    ({ pathSuffix }) => pathSuffix,
  );

describe("WebHDFS of a Data Lake Store account", () => {
  it("answers with the service's headers, and reads an operation's name in either case", async () => {
    const answer = await call("GET", "?op=liststatus");
    expect([answer.status, answer.headers.get("status"), answer.headers.get("x-ms-webhdfs-version")]).toEqual([
      200,
      "0x0",
      "17.04.24.00",
    ]);
    expect(answer.body).toEqual({ FileStatuses: { FileStatus: [], continuationToken: "" } });
  });

  it("takes no request without a token, or with one for another resource", async () => {
    const url = "https://contosodatalake.azuredatalakestore.net/webhdfs/v1/?op=LISTSTATUS";
    const without = await scenario.azure.fetch(url);
    expect(without.headers.get("www-authenticate")).toContain(tenant.id);
    const other = await scenario.azure.call("administrator", "https://storage.azure.com/.default", "GET", url);
    expect([without.status, other.status]).toEqual([401, 401]);
    expect(await without.json()).toMatchObject({ error: { code: "AuthenticationFailed" } });
  });

  it("makes directories, and shows them and files as the service does", async () => {
    expect((await call("PUT", "a/b?op=MKDIRS")).body).toEqual({ boolean: true });
    expect((await call("PUT", "a/b?op=MKDIRS")).body).toEqual({ boolean: true });
    await scenario.write("a/file.csv", "1,2\n");
    const status = async (path: string): Promise<unknown> =>
      ((await call("GET", `${path}?op=GETFILESTATUS`)).body as { FileStatus: unknown }).FileStatus;
    const moment = Date.parse("2026-03-01T09:00:00Z");
    const common = {
      pathSuffix: "",
      accessTime: moment,
      modificationTime: moment,
      owner: administrator.objectId,
      group: administrator.objectId,
      aclBit: false,
    };
    expect(await status("a/b")).toEqual({
      ...common,
      type: "DIRECTORY",
      length: 0,
      blockSize: 0,
      replication: 0,
      permission: "770",
    });
    expect(await status("a/file.csv")).toEqual({
      ...common,
      type: "FILE",
      length: 4,
      blockSize: 268435456,
      replication: 1,
      permission: "660",
      msExpirationTime: 0,
    });
    expect(refusal(await call("PUT", "a/file.csv?op=MKDIRS"))).toBe("403 FileAlreadyExistsException");
    expect(refusal(await call("PUT", "a/file.csv/c?op=MKDIRS"))).toBe("403 ParentNotDirectoryException");
  });

  it("lists page by page", async () => {
    for (const name of ["one", "two", "three"]) await scenario.write(`lists/${name}`, "");
    const first = await call("GET", "lists?op=LISTSTATUS&listSize=2");
    expect([namesOf(first), first.body]).toMatchObject([
      ["one", "three"],
      { FileStatuses: { continuationToken: "three" } },
    ]);
    expect(namesOf(await call("GET", "lists?op=LISTSTATUS&listSize=2&listAfter=three"))).toEqual(["two"]);
    expect(namesOf(await call("GET", "lists/one?op=LISTSTATUS"))).toEqual([""]);
    expect((await call("GET", "lists?op=GETCONTENTSUMMARY")).body).toMatchObject({
      ContentSummary: { directoryCount: 1, fileCount: 3, length: 0 },
    });
  });

  it("appends at the end of a file alone, and reads any part of it", async () => {
    await scenario.write("log", "one,");
    expect((await call("POST", "log?op=APPEND&append=true&offset=4&syncFlag=CLOSE", "two")).status).toBe(200);
    expect(refusal(await call("POST", "log?op=APPEND&append=true&offset=4", "x"))).toBe("400 BadOffsetException");
    expect(await text("log")).toBe("one,two");
    expect((await call("GET", "log?op=OPEN&read=true&offset=4&length=2")).body).toBe("tw");
    expect(refusal(await call("GET", "log?op=OPEN&read=true&offset=8"))).toBe("400 IllegalArgumentException");
    expect(refusal(await call("GET", "none?op=OPEN&read=true"))).toBe("404 FileNotFoundException");
  });

  it("sends data calls without their second word to the address that has it", async () => {
    await scenario.write("log", "one");
    for (const [method, path, word] of [
      ["GET", "log?op=OPEN", "read"],
      ["PUT", "new?op=CREATE", "write"],
      ["POST", "log?op=APPEND", "append"],
    ] as const) {
      const answer = await call(method, path);
      expect(answer.status).toBe(307);
      expect(new URL(answer.headers.get("location") ?? "").searchParams.get(word)).toBe("true");
    }
  });

  it("writes over a file only where that is said", async () => {
    await scenario.write("a/log", "one");
    expect(refusal(await call("PUT", "a/log?op=CREATE&write=true", "two"))).toBe("403 FileAlreadyExistsException");
    await scenario.write("a/log", "two");
    expect(await text("a/log")).toBe("two");
  });

  it("renames, and moves into a directory that is there", async () => {
    await scenario.write("a/log", "one");
    await call("PUT", "b?op=MKDIRS");
    expect((await call("PUT", "a/log?op=RENAME&destination=/b")).body).toEqual({ boolean: true });
    expect(await text("b/log")).toBe("one");
    expect((await call("PUT", "b?op=RENAME&destination=b/c")).body).toEqual({ boolean: false });
    expect((await call("PUT", "b/log?op=RENAME&destination=nowhere/log")).body).toEqual({ boolean: false });
    expect(refusal(await call("PUT", "none?op=RENAME&destination=x"))).toBe("404 FileNotFoundException");
    expect(refusal(await call("PUT", "b?op=RENAME&destination=../x"))).toBe("400 IllegalArgumentException");
  });

  it("deletes, a full directory only with all that is in it", async () => {
    await scenario.write("a/log", "one");
    expect(refusal(await call("DELETE", "a?op=DELETE"))).toBe("403 PathIsNotEmptyDirectoryException");
    expect((await call("DELETE", "a?op=DELETE&recursive=true")).body).toEqual({ boolean: true });
    expect((await call("DELETE", "a?op=DELETE")).body).toEqual({ boolean: false });
    expect((await call("DELETE", "?op=DELETE&recursive=true")).body).toEqual({ boolean: false });
  });

  it("joins files, which are gone then", async () => {
    await scenario.write("parts/1", "one,");
    await scenario.write("parts/2", "two,");
    await scenario.write("more", "three");
    const sources = JSON.stringify({ sources: ["/parts/1", "/parts/2"] });
    expect((await call("POST", "whole?op=MSCONCAT&deleteSourceDirectory=true", sources)).status).toBe(200);
    expect((await call("POST", "whole?op=CONCAT&sources=/more")).status).toBe(200);
    expect(await text("whole")).toBe("one,two,three");
    expect(namesOf(await call("GET", "?op=LISTSTATUS"))).toEqual(["whole"]);
  });

  it("removes a file at its expiry", async () => {
    await scenario.write("log", "one");
    const expire = (option: string): Promise<Answer> =>
      call("PUT", `log?op=SETEXPIRY&expiryOption=${option}`, undefined, "webhdfsext");
    expect((await expire("RelativeToNow&expireTime=60000")).status).toBe(200);
    expect((await call("GET", "log?op=GETFILESTATUS")).body).toMatchObject({
      FileStatus: { msExpirationTime: Date.parse("2026-03-01T09:01:00Z") },
    });
    expect(refusal(await expire("Later"))).toBe("400 IllegalArgumentException");
    scenario.azure.clock.advance({ seconds: 60 });
    expect(refusal(await call("GET", "log?op=GETFILESTATUS"))).toBe("404 FileNotFoundException");
  });

  it("tells a missing path with the service's number, the request and the time", async () => {
    const answer = await call("GET", "none/at%20all?op=GETFILESTATUS");
    expect(answer.headers.get("status")).toBe("0x8309000A");
    expect(answer.body).toEqual({
      RemoteException: {
        exception: "FileNotFoundException",
        message: expect.stringMatching(
          /^File\/Folder does not exist: \/none\/at all \[[0-9a-f-]{36}\]\[2026-03-01T09:00:00\.000Z\]$/,
        ) as string,
        javaClassName: "java.io.FileNotFoundException",
      },
    });
  });

  it("says of an operation that it does not have that it has it not", async () => {
    expect(refusal(await call("GET", "?op=GETXATTRS"))).toBe("501 UnsupportedOperationException");
    expect(refusal(await call("PUT", "?op=LISTSTATUS"))).toBe("501 UnsupportedOperationException");
  });

  it("keeps out whom the account's firewall does not name", async () => {
    const firewall = (startIpAddress: string, endIpAddress: string): Promise<Answer> =>
      scenario.arm("PATCH", dataLakeStoreId, {
        properties: {
          firewallState: "Enabled",
          firewallRules: [{ name: "office", properties: { startIpAddress, endIpAddress } }],
        },
      });
    await firewall("198.51.100.1", "198.51.100.254");
    expect(refusal(await call("GET", "?op=LISTSTATUS"))).toBe("403 AccessControlException");
    await firewall("203.0.113.1", "203.0.113.10");
    expect((await call("GET", "?op=LISTSTATUS")).status).toBe(200);
  });

  it("keeps its files over a restart", async () => {
    await scenario.write("log", "one");
    await scenario.azure.restart();
    expect(await text("log")).toBe("one");
  });
});
