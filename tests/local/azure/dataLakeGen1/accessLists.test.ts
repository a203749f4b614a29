import { identities } from "../../../../local/azure/landingZone/layout";
import { refusal, StoreScenario, type Answer } from "./storeScenario";

const { stranger, consumer, administrator } = identities;
const id = stranger.objectId;

let scenario: StoreScenario;
beforeEach(async () => {
  scenario = await StoreScenario.open();
  await scenario.write("forecasts/daily.csv", "1,2\n");
});
afterEach(() => scenario.azure.close());

const asOwner = (method: string, call: string): Promise<Answer> => scenario.lake("administrator", method, call);
const asDaemon = (method: string, call: string, body?: string): Promise<Answer> =>
  scenario.lake("stranger", method, call, body);
const modify = (path: string, spec: string): Promise<Answer> =>
  asOwner("PUT", `${path}?op=MODIFYACLENTRIES&aclSpec=${spec}`);
const statusOf = async (path: string): Promise<unknown> =>
  ((await asOwner("GET", `${path}?op=MSGETACLSTATUS`)).body as { AclStatus: unknown }).AclStatus;
const entriesOf = async (path: string): Promise<string[]> => ((await statusOf(path)) as { entries: string[] }).entries;
const denied = "403 AccessControlException";

describe("access lists of a Data Lake Store account", () => {
  it("let nobody in but the account's owners and those they name", async () => {
    const read = await asDaemon("GET", "forecasts/daily.csv?op=OPEN&read=true");
    expect(read.headers.get("status")).toBe("0x83090aa2");
    expect(read.body).toMatchObject({
      RemoteException: {
        javaClassName: "org.apache.hadoop.security.AccessControlException",
        message: expect.stringMatching(
          /^OPEN failed with error 0x83090aa2 \(Forbidden\. ACL verification failed\./,
        ) as string,
      },
    });
    await modify("", `user:${id}:--x`);
    await modify("forecasts", `user:${id}:--x`);
    expect(refusal(await asDaemon("GET", "forecasts/daily.csv?op=OPEN&read=true"))).toBe(denied);
    await modify("forecasts/daily.csv", `user:${id}:r--`);
    expect((await asDaemon("GET", "forecasts/daily.csv?op=OPEN&read=true")).body).toBe("1,2\n");
    expect(refusal(await asDaemon("POST", "forecasts/daily.csv?op=APPEND&append=true", "3"))).toBe(denied);
    expect(refusal(await asDaemon("GET", "forecasts?op=LISTSTATUS"))).toBe(denied);
  });

  it("ask for the right to pass through every directory on the way", async () => {
    await modify("forecasts", `user:${id}:rwx`);
    expect(refusal(await asDaemon("GET", "forecasts?op=LISTSTATUS"))).toBe(denied);
    await modify("", `user:${id}:--x`);
    expect((await asDaemon("GET", "forecasts?op=LISTSTATUS")).status).toBe(200);
  });

  it.each([
    ["GET", "none/file?op=GETFILESTATUS"],
    ["GET", "none/file?op=OPEN&read=true"],
    ["PUT", "none/file?op=SETPERMISSION&permission=770"],
    ["PUT", "none/file?op=REMOVEACL"],
    ["POST", "none/file?op=CONCAT&sources=/x"],
  ])("do not tell whether a path is there to who may not pass to it: %s %s", async (method, call) => {
    expect(refusal(await asDaemon(method, call))).toBe(denied);
    expect(refusal(await asOwner(method, call))).toBe("404 FileNotFoundException");
  });

  it("ask for write and pass on the directory that something is made in or taken from", async () => {
    await modify("", `user:${id}:--x`);
    await modify("forecasts", `user:${id}:r-x`);
    expect(refusal(await asDaemon("PUT", "forecasts/a/b?op=MKDIRS"))).toBe(denied);
    expect(refusal(await asDaemon("PUT", "forecasts/new?op=CREATE&write=true", ""))).toBe(denied);
    expect(refusal(await asDaemon("DELETE", "forecasts/daily.csv?op=DELETE"))).toBe(denied);
    await modify("forecasts", `user:${id}:rwx`);
    expect((await asDaemon("PUT", "forecasts/a/b?op=MKDIRS")).status).toBe(200);
    expect((await asDaemon("PUT", "forecasts/daily.csv?op=RENAME&destination=forecasts/a/d.csv")).status).toBe(200);
    expect(refusal(await asDaemon("PUT", "forecasts/a?op=RENAME&destination=elsewhere"))).toBe(denied);
  });

  it("are inherited by what is made in a directory with default entries", async () => {
    await modify("forecasts", `default:user:${id}:r-x`);
    const own = ["user::rwx", "group::rwx", "other::---"];
    expect(await entriesOf("forecasts")).toEqual(
      expect.arrayContaining([
        ...own.map((entry) => `default:${entry}`),
        `default:user:${id}:r-x`,
        "default:mask::rwx",
      ]),
    );
    await scenario.write("forecasts/new/weekly.csv", "3,4\n");
    expect(await entriesOf("forecasts/new")).toEqual(
      expect.arrayContaining([`user:${id}:r-x`, `default:user:${id}:r-x`]),
    );
    const file = await entriesOf("forecasts/new/weekly.csv");
    expect(file).toContain(`user:${id}:r-x`);
    expect(file.filter((entry) => entry.startsWith("default:"))).toEqual([]);
    expect(refusal(await modify("forecasts/daily.csv", `default:user:${id}:r-x`))).toBe("400 AclException");
  });

  it("are held down by their mask", async () => {
    await modify("", `user:${id}:--x`);
    await modify("forecasts", `user:${id}:rwx`);
    expect((await asOwner("PUT", "forecasts?op=SETPERMISSION&permission=750")).status).toBe(200);
    expect(await entriesOf("forecasts")).toContain("mask::r-x");
    expect((await asDaemon("GET", "forecasts?op=CHECKACCESS&fsaction=r-x")).status).toBe(200);
    expect(refusal(await asDaemon("GET", "forecasts?op=CHECKACCESS&fsaction=rwx"))).toBe(denied);
  });

  it("are set whole, and taken away by entry, by kind and altogether", async () => {
    const spec = `user::rwx,group::r-x,other::---,user:${id}:rwx,default:user:${id}:rwx`;
    expect((await asOwner("PUT", `forecasts?op=SETACL&aclSpec=${spec}`)).status).toBe(200);
    expect(refusal(await asOwner("PUT", `forecasts?op=SETACL&aclSpec=user:${id}:rwx`))).toBe("400 AclException");
    expect(refusal(await asOwner("PUT", "forecasts?op=SETACL&aclSpec=everybody"))).toBe("400 IllegalArgumentException");
    await asOwner("PUT", `forecasts?op=REMOVEACLENTRIES&aclSpec=user:${id}`);
    expect(await entriesOf("forecasts")).not.toContain(`user:${id}:rwx`);
    expect(await entriesOf("forecasts")).toContain(`default:user:${id}:rwx`);
    await asOwner("PUT", "forecasts?op=REMOVEDEFAULTACL");
    expect((await entriesOf("forecasts")).filter((entry) => entry.startsWith("default:"))).toEqual([]);
    await asOwner("PUT", "forecasts?op=REMOVEACL");
    expect(await statusOf("forecasts")).toEqual({
      entries: ["user::rwx", "group::r-x", "other::---"],
      owner: administrator.objectId,
      group: administrator.objectId,
      permission: "750",
      stickyBit: false,
    });
  });

  it("are changed by a path's owner and by superusers alone", async () => {
    await modify("", `user:${id}:rwx`);
    await asDaemon("PUT", "mine?op=MKDIRS");
    const share = `op=MODIFYACLENTRIES&aclSpec=user:${consumer.objectId}:r-x`;
    expect((await asDaemon("PUT", `mine?${share}`)).status).toBe(200);
    expect(refusal(await asDaemon("PUT", `forecasts?${share}`))).toBe(denied);
    expect(refusal(await asDaemon("PUT", `mine?op=SETOWNER&owner=${consumer.objectId}`))).toBe(denied);
    expect((await asDaemon("PUT", `mine?op=SETOWNER&group=${id}`)).status).toBe(200);
    expect((await asOwner("PUT", `mine?op=SETOWNER&owner=${consumer.objectId}`)).status).toBe(200);
    expect(refusal(await asDaemon("PUT", `mine?${share}`))).toBe(denied);
  });

  it("bind a Contributor of the account, and no Owner", async () => {
    scenario.assign("stranger", "contributor");
    expect(refusal(await asDaemon("GET", "?op=LISTSTATUS"))).toBe(denied);
    scenario.assign("stranger", "owner");
    expect((await asDaemon("GET", "?op=LISTSTATUS")).status).toBe(200);
  });

  it("leave what lies in a sticky directory to its owners", async () => {
    await modify("", `user:${id}:--x`);
    await modify("forecasts", `user:${id}:rwx`);
    await asOwner("PUT", "forecasts?op=SETPERMISSION&permission=1770");
    expect(await statusOf("forecasts")).toMatchObject({ stickyBit: true, permission: "770" });
    await asDaemon("PUT", "forecasts/mine?op=CREATE&write=true", "x");
    expect(refusal(await asDaemon("DELETE", "forecasts/daily.csv?op=DELETE"))).toBe(denied);
    expect((await asDaemon("DELETE", "forecasts/mine?op=DELETE")).body).toEqual({ boolean: true });
  });
});
