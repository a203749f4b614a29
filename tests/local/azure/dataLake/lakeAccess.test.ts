import { identities, type IdentityName } from "../../../../local/azure/landingZone/layout";
import { accountId, codeOf, LakeScenario, type Answer } from "./lakeScenario";

let scenario: LakeScenario;
beforeEach(async () => {
  scenario = await LakeScenario.open();
  await scenario.makeAccount("stlake");
  for (const name of ["forecasts", "other"]) {
    await scenario.container("PUT", "stlake", name, {});
  }
  scenario.grant("administrator", "dataOwner", accountId("stlake"));
  await create("administrator", "/forecasts/open/f.csv");
});
afterEach(() => scenario.azure.close());

const as = (
  identity: IdentityName,
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> => scenario.data(identity, method, "stlake.dfs", path, { headers });
const create = (identity: IdentityName, path: string): Promise<Answer> => as(identity, "PUT", `${path}?resource=file`);
const containerScope = (name: string): string => `${accountId("stlake")}/blobServices/default/containers/${name}`;

const mismatch = [403, "AuthorizationPermissionMismatch"];
const outcome = (answer: Answer): unknown[] => [answer.status, codeOf(answer)];

it("is refused to who has no data role, an owner of the subscription too", async () => {
  expect(outcome(await as("stranger", "GET", "/forecasts/open/f.csv"))).toEqual(mismatch);
  expect(outcome(await as("stranger", "GET", "/forecasts/not-there"))).toEqual(mismatch);
  expect(outcome(await as("stranger", "GET", "/forecasts?resource=filesystem&recursive=true"))).toEqual(mismatch);
  expect(outcome(await as("stranger", "PUT", "/new?resource=filesystem"))).toEqual(mismatch);
  expect(outcome(await as("deployer", "GET", "/forecasts/open/f.csv"))).toEqual(mismatch);
});

it("tells nobody the root's list who has no role and may not pass the root", async () => {
  const rootList = "/forecasts/%2F?action=getAccessControl";
  expect(outcome(await as("stranger", "HEAD", rootList))).toEqual(mismatch);
  expect(outcome(await as("stranger", "HEAD", "/forecasts/%2F?action=getStatus"))).toEqual(mismatch);
  const acl = `user::rwx,user:${identities.stranger.objectId}:--x,group::r-x,other::---`;
  expect(
    (await as("administrator", "PATCH", "/forecasts/%2F?action=setAccessControl", { "x-ms-acl": acl })).status,
  ).toBe(200);
  expect((await as("stranger", "HEAD", rootList)).status).toBe(200);
});

it("by a reader's role allows reading only", async () => {
  scenario.grant("stranger", "dataReader", accountId("stlake"));
  expect((await as("stranger", "GET", "/forecasts/open/f.csv")).status).toBe(200);
  expect((await as("stranger", "GET", "/forecasts?resource=filesystem&recursive=true")).status).toBe(200);
  expect(outcome(await create("stranger", "/forecasts/new.csv"))).toEqual(mismatch);
  expect(outcome(await as("stranger", "PATCH", "/forecasts/open/f.csv?action=append&position=0"))).toEqual(mismatch);
  expect(outcome(await as("stranger", "DELETE", "/forecasts/open/f.csv"))).toEqual(mismatch);
  expect(outcome(await as("stranger", "DELETE", "/forecasts?resource=filesystem"))).toEqual(mismatch);
});

it("by a role on one file system ends at that file system", async () => {
  scenario.grant("stranger", "dataContributor", containerScope("forecasts"));
  expect((await create("stranger", "/forecasts/new.csv")).status).toBe(201);
  expect((await as("stranger", "DELETE", "/forecasts/new.csv")).status).toBe(200);
  expect(outcome(await create("stranger", "/other/new.csv"))).toEqual(mismatch);
  const intoOther = { "x-ms-rename-source": "/forecasts/open/f.csv" };
  expect(outcome(await as("stranger", "PUT", "/other/f.csv?mode=legacy", intoOther))).toEqual(mismatch);
});

it("to change lists is the path's owner's, and who may change all of them", async () => {
  scenario.grant("stranger", "dataContributor", containerScope("forecasts"));
  await create("stranger", "/forecasts/own.csv");
  const open = { "x-ms-permissions": "rw-rw-rw-" };
  expect((await as("stranger", "PATCH", "/forecasts/own.csv?action=setAccessControl", open)).status).toBe(200);
  expect(outcome(await as("stranger", "PATCH", "/forecasts/open/f.csv?action=setAccessControl", open))).toEqual(
    mismatch,
  );
  const giveAway = { "x-ms-owner": identities.consumer.objectId };
  expect(outcome(await as("stranger", "PATCH", "/forecasts/own.csv?action=setAccessControl", giveAway))).toEqual(
    mismatch,
  );
  expect((await as("administrator", "PATCH", "/forecasts/own.csv?action=setAccessControl", giveAway)).status).toBe(200);
  expect(
    (await as("administrator", "HEAD", "/forecasts/own.csv?action=getAccessControl")).headers.get("x-ms-owner"),
  ).toBe(identities.consumer.objectId);
});

describe("by access control lists", () => {
  const reader = identities.consumer.objectId;
  const list = (path: string, entry: string): Promise<Answer> =>
    as("administrator", "PATCH", `/forecasts/${path}?action=setAccessControlRecursive&mode=modify`, {
      "x-ms-acl": entry,
    });
  const setAcl = (path: string, acl: string): Promise<Answer> =>
    as("administrator", "PATCH", `/forecasts/${path}?action=setAccessControl`, { "x-ms-acl": acl });
  const base = "user::rwx,group::r-x,other::---";

  it("opens a file whose every directory lets the reader pass", async () => {
    expect(outcome(await as("consumer", "GET", "/forecasts/open/f.csv"))).toEqual(mismatch);
    expect((await list("open", `user:${reader}:r-x`)).body).toEqual({
      directoriesSuccessful: 1,
      filesSuccessful: 1,
      failureCount: 0,
      failedEntries: [],
    });
    expect(outcome(await as("consumer", "GET", "/forecasts/open/f.csv"))).toEqual(mismatch);
    await setAcl("%2F", `${base},user:${reader}:--x`);
    expect((await as("consumer", "GET", "/forecasts/open/f.csv")).status).toBe(200);
    expect((await as("consumer", "GET", "/forecasts?resource=filesystem&directory=open&recursive=false")).status).toBe(
      200,
    );
    expect(outcome(await create("consumer", "/forecasts/open/new.csv"))).toEqual(mismatch);
  });

  it("stays within the mask", async () => {
    await setAcl("%2F", `${base},user:${reader}:--x`);
    await setAcl("open", `${base},user:${reader}:r-x`);
    await setAcl("open/f.csv", `${base},user:${reader}:r--,mask::---`);
    expect(outcome(await as("consumer", "GET", "/forecasts/open/f.csv"))).toEqual(mismatch);
  });

  it("reaches new children by a directory's default entries", async () => {
    await setAcl("%2F", `${base},user:${reader}:--x`);
    await setAcl(
      "open",
      `${base},user:${reader}:--x,default:user::rwx,default:user:${reader}:r--,default:group::---,default:other::---`,
    );
    await create("administrator", "/forecasts/open/later.csv");
    expect((await as("consumer", "GET", "/forecasts/open/later.csv")).status).toBe(200);
    expect(outcome(await as("consumer", "GET", "/forecasts/open/f.csv"))).toEqual(mismatch);
  });
});

it("is closed by a firewall that does not name the client's address, and by a private account", async () => {
  const wall = (value: string): object => ({
    properties: { networkAcls: { defaultAction: "Deny", ipRules: [{ value }] } },
  });
  const refused = [403, "AuthorizationFailure"];
  await scenario.account("PATCH", "stlake", wall("198.51.100.0/24"));
  expect(outcome(await as("administrator", "GET", "/forecasts/open/f.csv"))).toEqual(refused);
  await scenario.account("PATCH", "stlake", wall("203.0.113.0/24"));
  expect((await as("administrator", "GET", "/forecasts/open/f.csv")).status).toBe(200);
  await scenario.account("PATCH", "stlake", { properties: { publicNetworkAccess: "Disabled" } });
  expect(outcome(await as("administrator", "GET", "/forecasts/open/f.csv"))).toEqual(refused);
});
