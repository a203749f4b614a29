import { BlobScenario, told } from "./blobScenario";
import type { Answer } from "./lakeScenario";

let blobs: BlobScenario;
beforeAll(async () => {
  blobs = await BlobScenario.open();
});
afterAll(() => blobs.close());

const [one, two] = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"] as const;
const lease = (path: string, action: string, headers: Record<string, string> = {}): Promise<Answer> => {
  const query = path === "" ? "?restype=container&comp=lease" : `${path}?comp=lease`;
  return blobs.call("PUT", query, { headers: { "x-ms-lease-action": action, ...headers } });
};
const acquire = (path: string, id: string, seconds = -1): Promise<Answer> =>
  lease(path, "acquire", { "x-ms-lease-duration": String(seconds), "x-ms-proposed-lease-id": id });
const stateOf = async (path: string): Promise<(string | null)[]> => {
  const { headers } = await blobs.call("HEAD", path);
  return [headers.get("x-ms-lease-state"), headers.get("x-ms-lease-status")];
};

it("keeps writers out who do not name the lease, at both hosts", async () => {
  await blobs.put("/held.txt", "x");
  const taken = await acquire("/held.txt", one);
  expect([taken.status, taken.headers.get("x-ms-lease-id")]).toEqual([201, one]);
  expect(told(await acquire("/held.txt", two))).toEqual([409, "LeaseAlreadyPresent"]);
  expect(told(await blobs.put("/held.txt", "y"))).toEqual([412, "LeaseIdMissing"]);
  expect(told(await blobs.put("/held.txt", "y", { "x-ms-lease-id": two }))).toEqual([
    412,
    "LeaseIdMismatchWithBlobOperation",
  ]);
  expect(told(await blobs.call("DELETE", "/held.txt"))).toEqual([412, "LeaseIdMissing"]);
  const atDfs = await blobs.lake.data("deployer", "DELETE", "stlake.dfs", "/forecasts/held.txt");
  expect(told(atDfs)).toEqual([412, "LeaseIdMissing"]);
  expect((await blobs.put("/held.txt", "y", { "x-ms-lease-id": one })).status).toBe(201);
  expect(await stateOf("/held.txt")).toEqual(["leased", "locked"]);
  expect(await blobs.text("/held.txt")).toBe("y");
  expect((await lease("/held.txt", "release", { "x-ms-lease-id": one })).status).toBe(200);
  expect(told(await blobs.put("/held.txt", "z", { "x-ms-lease-id": one }))).toEqual([
    412,
    "LeaseNotPresentWithBlobOperation",
  ]);
  expect((await blobs.put("/held.txt", "z")).status).toBe(201);
});

it("ends a lease at its time, and renews one that was held", async () => {
  await blobs.put("/timed.txt", "x");
  await acquire("/timed.txt", one, 15);
  blobs.lake.azure.clock.advance({ seconds: 16 });
  expect(await stateOf("/timed.txt")).toEqual(["expired", "unlocked"]);
  expect((await lease("/timed.txt", "renew", { "x-ms-lease-id": one })).status).toBe(200);
  expect(await stateOf("/timed.txt")).toEqual(["leased", "locked"]);
  expect(told(await acquire("/timed.txt", two, 14))).toEqual([400, "InvalidHeaderValue"]);
});

it("breaks a lease after the period that is asked for, and changes its ID", async () => {
  await blobs.put("/broken.txt", "x");
  await acquire("/broken.txt", one);
  const changed = await lease("/broken.txt", "change", { "x-ms-lease-id": one, "x-ms-proposed-lease-id": two });
  expect([changed.status, changed.headers.get("x-ms-lease-id")]).toEqual([200, two]);
  const broken = await lease("/broken.txt", "break", { "x-ms-lease-break-period": "10" });
  expect([broken.status, broken.headers.get("x-ms-lease-time")]).toEqual([202, "10"]);
  expect(await stateOf("/broken.txt")).toEqual(["breaking", "locked"]);
  expect(told(await acquire("/broken.txt", two))).toEqual([409, "LeaseIsBreakingAndCannotBeAcquired"]);
  blobs.lake.azure.clock.advance({ seconds: 11 });
  expect(await stateOf("/broken.txt")).toEqual(["broken", "unlocked"]);
  expect(told(await lease("/broken.txt", "renew", { "x-ms-lease-id": two }))).toEqual([
    409,
    "LeaseIsBrokenAndCannotBeRenewed",
  ]);
  expect((await acquire("/broken.txt", one)).status).toBe(201);
  expect(told(await lease("/none.txt", "acquire"))).toEqual([404, "BlobNotFound"]);
});

it("keeps a container from being deleted", async () => {
  await acquire("", one);
  expect(told(await blobs.call("DELETE", "?restype=container"))).toEqual([412, "LeaseIdMissing"]);
  const right = await blobs.call("DELETE", "?restype=container", { headers: { "x-ms-lease-id": one } });
  expect(right.status).toBe(202);
});
