import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identities, type IdentityName } from "../../../local/azure/landingZone/layout";
import { accessReportSchema } from "../../../tools/report/model/schema";
import { lookedUpNames } from "../../../tools/report/source/lookedUpNames";
import { signedInAs, type Ended } from "../../support/command";
import { runToolCommand } from "../../support/toolCommand";
import { LocalAzureForTests } from "../../support/localAzure";
import { owner, reader, stateOf } from "./support/exportedState";

jest.setTimeout(120_000);

describe("names that are looked up in Microsoft Graph", () => {
  let azure: LocalAzureForTests;
  let directory: string;
  let names: string;

  beforeAll(async () => {
    azure = await LocalAzureForTests.open({ startsAt: "system" });
    directory = mkdtempSync(join(tmpdir(), "names-"));
    names = join(directory, "access-names.json");
    writeFileSync(join(directory, "state.json"), stateOf(1));
  });

  afterAll(async () => {
    await azure.close();
    rmSync(directory, { recursive: true });
  });

  const report = (env: Readonly<Record<string, string>>, ...options: string[]): Promise<Ended> =>
    runToolCommand(["report", "--cwd", directory, "--state-file", "state.json", "--json", ...options], env);
  const lookedUpAs = (identity: IdentityName): Promise<Ended> => report(signedInAs(azure, identity), "--look-up-names");
  const party = ({ stdout }: Ended, id: string) =>
    accessReportSchema.parse(JSON.parse(stdout)).parties.find(({ azureId }) => azureId === id);

  it("leave the ID where the reader may not look, and say so", async () => {
    const ended = await lookedUpAs("stranger");
    expect(ended.stderr).toContain("Some names are not known, and stay IDs. Microsoft Graph: Insufficient privileges");
    expect(party(ended, reader)).toEqual(expect.not.objectContaining({ displayName: expect.anything() as unknown }));
    expect(ended.code).toBe(0);
    expect(() => statSync(names)).toThrow("ENOENT");
  });

  it("stand beside the ID, and are kept for their owner alone", async () => {
    // Reads programs, and not the directory.
    const ended = await lookedUpAs("deployer");
    expect(ended.stderr).toBe("");
    expect(party(ended, reader)).toMatchObject({ name: reader, displayName: "landing-zone-consumer" });
    expect(party(ended, owner)).toMatchObject({ name: owner });
    expect(statSync(names).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(names, "utf8"))).toEqual({
      [identities.consumer.objectId]: { displayName: "landing-zone-consumer", kind: "service principal" },
    });
  });

  it("are there without Graph the next time", async () => {
    expect(party(await report({}), reader)).toMatchObject({ displayName: "landing-zone-consumer" });
  });
});

it("asks for a thousand at a time, and takes what the directory answers", async () => {
  const ids = Array.from(
    { length: 1001 },
    (_, index) => `${String(index).padStart(8, "0")}-0000-0000-0000-000000000000`,
  );
  const asked: number[] = [];
  const post = (_service: string, _address: string, body: unknown) => {
    const batch = (body as { ids: string[] }).ids;
    asked.push(batch.length);
    const value = batch.slice(0, 1).map((id) => ({ "@odata.type": "#microsoft.graph.user", id, displayName: "Ada" }));
    return Promise.resolve({ status: 200, body: { value } });
  };
  const { names, refusal } = await lookedUpNames(ids, { post, get: () => Promise.reject(new Error("not asked")) });
  expect({ asked, refusal }).toEqual({ asked: [1000, 1], refusal: undefined });
  expect([...names.values()]).toEqual([
    { displayName: "Ada", kind: "user" },
    { displayName: "Ada", kind: "user" },
  ]);
});
