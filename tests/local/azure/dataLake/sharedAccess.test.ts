import {
  BlobServiceClient,
  type ContainerClient,
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  StorageSharedKeyCredential,
} from "@azure/storage-blob";
import { resourceGroupId, resourceGroups } from "../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../support/localAzure";
import { SdkClients } from "../../../support/sdkClient";
import { Arm } from "../arm/armClient";

const storage = `${resourceGroupId(resourceGroups.daemons)}/providers/Microsoft.Storage/storageAccounts`;

let azure: LocalAzureForTests;
let arm: Arm;
let sdk: SdkClients;
beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  arm = new Arm(azure);
  sdk = new SdkClients(azure);
});
afterAll(async () => {
  sdk.close();
  await azure.close();
});

/** A container in a new account, and the address that its key signs. */
async function signedContainer(account: string, allowSharedKeyAccess: boolean): Promise<ContainerClient> {
  const accepted = await arm.put("administrator", `${storage}/${account}`, {
    location: "westeurope",
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
    properties: { allowSharedKeyAccess: true },
  });
  await arm.follow("administrator", accepted.headers.get("location") ?? "");
  const { body } = await arm.send("administrator", "POST", `${storage}/${account}/listKeys`);
  const [{ value }] = (body as { keys: [{ value: string }] }).keys;
  const url = `https://${account}.blob.core.windows.net`;
  await arm.put("administrator", `${storage}/${account}/blobServices/default/containers/forecasts`, {});
  await arm.send("administrator", "PATCH", `${storage}/${account}`, { properties: { allowSharedKeyAccess } });
  const sas = generateBlobSASQueryParameters(
    {
      containerName: "forecasts",
      permissions: ContainerSASPermissions.parse("rcl"),
      expiresOn: new Date(azure.clock.now().getTime() + 60_000),
    },
    new StorageSharedKeyCredential(account, value),
  );
  const service = new BlobServiceClient(`${url}?${sas.toString()}`, sdk.storagePipeline());
  return service.getContainerClient("forecasts");
}

it("takes what an account's key has signed for a container, for as long and as far as it says", async () => {
  const container = await signedContainer("stsigned", true);
  const blob = container.getBlockBlobClient("january.csv");
  await blob.upload("day,units\n", 10);
  expect((await blob.downloadToBuffer()).toString()).toBe("day,units\n");
  const names: string[] = [];
  for await (const { name } of container.listBlobsFlat()) names.push(name);
  expect(names).toEqual(["january.csv"]);
  await expect(blob.delete()).rejects.toMatchObject({ statusCode: 403, code: "AuthorizationPermissionMismatch" });
  azure.clock.advance({ minutes: 2 });
  await expect(blob.download()).rejects.toMatchObject({ statusCode: 403, code: "AuthenticationFailed" });
});

it("takes none where the account forbids its keys", async () => {
  const container = await signedContainer("stunsigned", false);
  await expect(container.getBlockBlobClient("january.csv").upload("x", 1)).rejects.toMatchObject({
    statusCode: 403,
    code: "KeyBasedAuthenticationNotPermitted",
  });
});
