import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import { SdkClients } from "../../../support/sdkClient";
import { BlobScenario } from "./blobScenario";

const mebibyte = 1024 * 1024;

let blobs: BlobScenario;
let sdk: SdkClients;
let container: ContainerClient;
beforeAll(async () => {
  blobs = await BlobScenario.open();
  sdk = new SdkClients(blobs.lake.azure);
  const service = new BlobServiceClient("https://stlake.blob.core.windows.net", sdk.storagePipeline("deployer"));
  container = service.getContainerClient("forecasts");
});
afterAll(async () => {
  sdk.close();
  await blobs.close();
});

it("serves Azure's own client with a blob in blocks, streamed up and read back in parts", async () => {
  const bytes = randomBytes(5 * mebibyte + 1);
  const blob = container.getBlockBlobClient("streamed/data.bin");
  await blob.uploadStream(Readable.from([bytes]), mebibyte, 2, { metadata: { Run: "7" } });
  expect((await blob.downloadToBuffer(0, undefined, { blockSize: 2 * mebibyte })).equals(bytes)).toBe(true);
  const { committedBlocks } = await blob.getBlockList("committed");
  expect(committedBlocks?.map(({ size }) => size)).toEqual([...Array<number>(5).fill(mebibyte), 1]);
  expect((await blob.getProperties()).metadata).toEqual({ run: "7" });
});

it("serves it with an append blob, copies, a lease, pages of a list and a batch", async () => {
  const log = container.getAppendBlobClient("sdk/app.log");
  await log.create();
  await log.appendBlock("one\n", 4);
  await log.appendBlock("two\n", 4, { conditions: { appendPosition: 4 } });
  const copy = container.getBlobClient("sdk/copy.log");
  const poller = await copy.beginCopyFromURL(log.url);
  expect((await poller.pollUntilDone()).copyStatus).toBe("success");
  expect((await copy.downloadToBuffer()).toString()).toBe("one\ntwo\n");

  const lease = copy.getBlobLeaseClient();
  await lease.acquireLease(15);
  await expect(copy.delete()).rejects.toMatchObject({ code: "LeaseIdMissing" });
  await lease.releaseLease();

  const names: string[][] = [];
  for await (const page of container.listBlobsFlat({ prefix: "sdk/" }).byPage({ maxPageSize: 1 })) {
    names.push(page.segment.blobItems.map(({ name }) => name));
  }
  expect(names).toEqual([["sdk/app.log"], ["sdk/copy.log"]]);
  const batch = container.getBlobBatchClient();
  const deleted = await batch.deleteBlobs([log.url, copy.url, container.getBlobClient("sdk/none").url], log.credential);
  expect(deleted.subResponses.map(({ status }) => status)).toEqual([202, 202, 404]);
});
