import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workspaceId } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { Arm, errorOf, type ArmReply } from "../armClient";

let azure: LocalAzureForTests;
let arm: Arm;

beforeEach(async () => {
  azure = await LocalAzureForTests.open();
  arm = new Arm(azure);
});
afterEach(() => azure.close());

const act = (id: string, body: object): Promise<ArmReply> => arm.send("administrator", "POST", id, body);
const storageVersion = { "x-ms-version": "2023-11-03" };

describe("the upload of code", () => {
  const start = async (): Promise<{ readonly blobUri: string; readonly sasUri: string }> => {
    const version = `${workspaceId}/codes/forecast/versions/1`;
    const { body } = await act(`${version}/startPendingUpload`, { pendingUploadType: "TemporaryBlobReference" });
    const { blobReferenceForConsumption: reference } = body as {
      readonly blobReferenceForConsumption: {
        readonly blobUri: string;
        readonly credential: { readonly sasUri: string };
      };
    };
    return { blobUri: reference.blobUri, sasUri: reference.credential.sasUri };
  };
  const at = (sasUri: string, path: string, query: Readonly<Record<string, string>> = {}): string => {
    const url = new URL(sasUri);
    url.pathname += path;
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  };
  const put = (url: string): Promise<number> =>
    azure
      .fetch(url, { method: "PUT", body: "print()", headers: { ...storageVersion, "x-ms-blob-type": "BlockBlob" } })
      .then(({ status }) => status);
  const get = (url: string, method = "GET"): Promise<number> =>
    azure.fetch(url, { method, headers: storageVersion }).then(({ status }) => status);

  it("goes to a container of its own, by a signature that lets read, write and list there and nothing else", async () => {
    const { blobUri, sasUri } = await start();
    expect(await put(at(sasUri, "/train.py"))).toBe(201);
    expect(await get(at(sasUri, "/train.py"))).toBe(200);
    expect(await get(at(sasUri, "", { restype: "container", comp: "list" }))).toBe(200);
    expect(await get(at(sasUri, "/train.py"), "DELETE")).toBe(403);
    expect(await get(at(sasUri, "", { restype: "container" }), "DELETE")).toBe(403);
    expect(await get(`${blobUri}/train.py`)).toBe(401);
  });

  it("is refused with a signature of another container, a changed one, and one whose time is over", async () => {
    const [first, second] = [await start(), await start()];
    const signature = new URL(first.sasUri).search;
    expect(await put(at(`${second.blobUri}${signature}`, "/train.py"))).toBe(403);
    expect(await put(at(first.sasUri, "/train.py", { sp: "racwdl" }))).toBe(403);
    expect(await put(at(first.sasUri, "/train.py", { sip: "203.0.113.7" }))).toBe(501);
    azure.clock.advance({ hours: 25 });
    expect(await put(at(first.sasUri, "/train.py"))).toBe(403);
  });

  it("is taken by whoever may write code alone", async () => {
    const version = `${workspaceId}/codes/forecast/versions/1/startPendingUpload`;
    const reply = await arm.send("deployer", "POST", version, { pendingUploadType: "TemporaryBlobReference" });
    expect([reply.status, errorOf(reply).code]).toEqual([403, "AuthorizationFailed"]);
  });

  it("is not known of another type", async () => {
    const version = `${workspaceId}/codes/forecast/versions/1/startPendingUpload`;
    expect((await act(version, { pendingUploadType: "None" })).status).toBe(501);
  });
});

describe("a datastore", () => {
  const lake = { datastoreType: "AzureDataLakeGen2", accountName: "stlake", filesystem: "forecast" };
  const blob = { datastoreType: "AzureBlob", accountName: "stother", containerName: "forecast" };
  const accountKey = Buffer.from("the key of an account").toString("base64");
  const id = (name: string): string => `${workspaceId}/datastores/${name}`;

  it("is made with an identity, shown, listed and deleted", async () => {
    const made = await arm.put("administrator", id("Lake_Identity"), {
      properties: { ...lake, credentials: { credentialsType: "None" } },
    });
    expect([made.status, (made.body as { name: string }).name]).toEqual([201, "lake_identity"]);
    expect((await arm.get("administrator", id("lake_identity"))).body).toMatchObject({
      properties: { ...lake, credentials: { credentialsType: "None" }, endpoint: "core.windows.net" },
    });
    const names = ((await arm.get("administrator", `${workspaceId}/datastores`)).body as { value: { name: string }[] })
      .value;
    expect(names.map(({ name }) => name).sort()).toEqual(["lake_identity", "workspaceblobstore", "workspacefilestore"]);
    expect((await act(`${id("lake_identity")}/listSecrets`, {})).status).toBe(400);
    expect((await arm.send("administrator", "DELETE", id("lake_identity"))).status).toBe(200);
    expect((await arm.get("administrator", id("lake_identity"))).status).toBe(404);
  });

  it("gives its secret to who may list secrets alone, and keeps it sealed", async () => {
    const credentials = { credentialsType: "AccountKey", secrets: { secretsType: "AccountKey", key: accountKey } };
    const made = await arm.put("administrator", id("with_key"), { properties: { ...blob, credentials } });
    expect(made.body).toMatchObject({ properties: { credentials: { credentialsType: "AccountKey" } } });
    expect(JSON.stringify(made.body)).not.toContain(accountKey);
    expect((await act(`${id("with_key")}/listSecrets`, {})).body).toEqual({
      secretsType: "AccountKey",
      key: accountKey,
    });
    const expiring = (await act(`${id("with_key")}/listSecrets`, { expirableSecret: true })).body;
    expect(expiring).toMatchObject({ secretsType: "Sas", sasToken: expect.stringContaining("sr=c&sig=") as unknown });
    expect((await arm.send("deployer", "POST", `${id("with_key")}/listSecrets`, {})).status).toBe(403);
    const store = join(azure.stateDirectory, "store");
    const onDisk = Buffer.concat(readdirSync(store).map((file) => readFileSync(join(store, file))));
    expect(onDisk.includes(accountKey)).toBe(false);
  });

  it.each([
    [{ ...lake, datastoreType: "Hdfs", credentials: { credentialsType: "None" } }, "is none of AzureBlob"],
    [{ datastoreType: "AzureBlob", credentials: { credentialsType: "None" } }, "needs accountName, containerName"],
    [{ ...blob, credentials: { credentialsType: "Sas" } }, "need the secret sasToken"],
  ])("is refused where it is not whole", async (properties, message) => {
    const reply = await arm.put("administrator", id("wrong"), { properties });
    expect([reply.status, errorOf(reply).code]).toEqual([400, "UserError"]);
    expect(errorOf(reply).message).toContain(message);
  });
});

it("takes a job for serverless compute, and for none that is not there", async () => {
  const job = {
    jobType: "Command",
    command: "python train.py",
    environmentId: `${workspaceId}/environments/e/versions/1`,
    resources: { instanceType: "Standard_DS3_v2" },
  };
  const on = (compute: string): Promise<ArmReply> =>
    arm.put("administrator", `${workspaceId}/jobs/${compute}`, {
      properties: { ...job, computeId: `${workspaceId}/computes/${compute}` },
    });
  expect([(await on("serverless")).status, (await on("absent")).status]).toEqual([201, 400]);
});
