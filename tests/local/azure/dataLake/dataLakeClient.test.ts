import { DataLakeServiceClient, type DataLakeFileSystemClient } from "@azure/storage-file-datalake";
import { identities } from "../../../../local/azure/landingZone/layout";
import { SdkClients } from "../../../support/sdkClient";
import { accountId, LakeScenario } from "./lakeScenario";

let scenario: LakeScenario;
let sdk: SdkClients;
let lake: DataLakeServiceClient;
let files: DataLakeFileSystemClient;
beforeEach(async () => {
  scenario = await LakeScenario.open();
  await scenario.makeAccount("stlake");
  scenario.grant("deployer", "dataOwner", accountId("stlake"));
  sdk = new SdkClients(scenario.azure);
  lake = new DataLakeServiceClient("https://stlake.dfs.core.windows.net", sdk.storagePipeline("deployer"));
  files = lake.getFileSystemClient("forecasts");
  await files.create();
});
afterEach(async () => {
  sdk.close();
  await scenario.azure.close();
});

const listed = async (recursive: boolean, path?: string): Promise<(string | undefined)[]> => {
  const names: (string | undefined)[] = [];
  for await (const { name } of files.listPaths({ recursive, ...(path === undefined ? {} : { path }) })) {
    names.push(name);
  }
  return names;
};

it("serves Azure's own client with a file's whole life", async () => {
  const file = files.getFileClient("2026/march/forecast.csv");
  expect(await file.exists()).toBe(false);
  await file.create({ pathHttpHeaders: { contentType: "text/csv" }, metadata: { run: "7" } });
  await file.append("day,", 0, 4);
  await file.append("value\n", 4, 6);
  expect((await file.readToBuffer().catch(() => Buffer.alloc(0))).toString()).toBe("");
  await file.flush(10);

  expect((await file.readToBuffer()).toString()).toBe("day,value\n");
  expect((await file.readToBuffer(Buffer.alloc(5), 4, 5)).toString()).toBe("value");
  const properties = await file.getProperties();
  expect(properties).toMatchObject({
    contentLength: 10,
    contentType: "text/csv",
    metadata: { run: "7" },
    permissions: expect.anything() as unknown,
  });
  expect(properties.owner).toBe(identities.deployer.objectId);

  await file.setMetadata({ run: "8" });
  await file.setHttpHeaders({ contentType: "text/plain" });
  expect(await file.getProperties()).toMatchObject({ contentType: "text/plain", metadata: { run: "8" } });

  await file.move("2026/final.csv");
  const moved = files.getFileClient("2026/final.csv");
  expect(await file.exists()).toBe(false);
  expect((await moved.readToBuffer()).toString()).toBe("day,value\n");
  await moved.delete();
  expect(await moved.exists()).toBe(false);
});

it("uploads whole files, and refuses to write over one that must not be there", async () => {
  const file = files.getFileClient("report.txt");
  await file.upload(Buffer.from("one"));
  await file.upload(Buffer.from("number two"));
  expect((await file.readToBuffer()).toString()).toBe("number two");
  await expect(file.create({ conditions: { ifNoneMatch: "*" } })).rejects.toMatchObject({
    statusCode: 409,
    code: "PathAlreadyExists",
  });
  const { etag } = await file.getProperties();
  await file.setMetadata({ changed: "yes" });
  await expect(file.delete(false, { conditions: { ifMatch: etag ?? "" } })).rejects.toMatchObject({ statusCode: 412 });
});

it("lists directories at one level or at all, in pages", async () => {
  for (const path of ["a/1.txt", "a/b/2.txt", "c.txt"]) {
    await files.getFileClient(path).create();
  }
  expect(await listed(true)).toEqual(["a", "a/1.txt", "a/b", "a/b/2.txt", "c.txt"]);
  expect(await listed(false)).toEqual(["a", "c.txt"]);
  expect(await listed(false, "a")).toEqual(["a/1.txt", "a/b"]);

  const pages: number[] = [];
  for await (const { pathItems } of files.listPaths({ recursive: true }).byPage({ maxPageSize: 2 })) {
    pages.push(pathItems?.length ?? 0);
  }
  expect(pages).toEqual([2, 2, 1]);
  await expect(listed(false, "none")).rejects.toMatchObject({ statusCode: 404, code: "PathNotFound" });
});

it("moves and removes whole directories", async () => {
  await files.getFileClient("old/deep/1.txt").upload(Buffer.from("kept"));
  await files.getDirectoryClient("old").move("new");
  expect((await files.getFileClient("new/deep/1.txt").readToBuffer()).toString()).toBe("kept");
  await expect(files.getDirectoryClient("new").delete(false)).rejects.toMatchObject({
    statusCode: 409,
    code: "DirectoryNotEmpty",
  });
  await files.getDirectoryClient("new").delete(true);
  expect(await listed(true)).toEqual([]);
});

it("keeps access control lists", async () => {
  const directory = files.getDirectoryClient("shared");
  await directory.create({ permissions: "rwxrwxrwx", umask: "0027" });
  expect(await directory.getAccessControl()).toMatchObject({
    owner: identities.deployer.objectId,
    permissions: { owner: { read: true, write: true, execute: true }, group: { write: false }, other: { read: false } },
  });
  const reader = identities.consumer.objectId;
  await directory.setAccessControlRecursive([
    {
      accessControlType: "user",
      entityId: reader,
      defaultScope: false,
      permissions: { read: true, write: false, execute: true },
    },
  ]);
  const { acl } = await directory.getAccessControl();
  expect(acl).toContainEqual(expect.objectContaining({ entityId: reader }));
});

it("lists and deletes file systems, and holds a deleted name for 30 seconds", async () => {
  const names: string[] = [];
  for await (const { name } of lake.listFileSystems()) {
    names.push(name);
  }
  expect(names).toEqual(["forecasts"]);
  expect((await files.getProperties()).etag).toBeDefined();
  await expect(files.create()).rejects.toMatchObject({ statusCode: 409, code: "ContainerAlreadyExists" });

  await files.delete();
  expect(await files.exists()).toBe(false);
  await expect(files.create()).rejects.toMatchObject({ statusCode: 409, code: "ContainerBeingDeleted" });
  scenario.azure.clock.advance({ seconds: 30 });
  await files.create();
  expect(await listed(true)).toEqual([]);
});
