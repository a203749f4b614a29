import { applicationAttributes } from "../../../../local/providers/azuread/applicationAttributes";
import { agree, importedInputs, refreshedInputs, stateChanges } from "../../../../local/providers/azuread/comparison";
import { goDuration } from "../../../../local/providers/azuread/goDuration";
import { Locks } from "../../../../local/providers/azuread/locks";
import type { PropertyMap } from "../../../../local/providers/server/values";

describe("a Go duration", () => {
  it.each([
    ["240h", 864_000_000],
    ["2400h30m", 8_641_800_000],
    ["1.5h", 5_400_000],
    ["90s", 90_000],
  ])("%s is %d milliseconds", (duration, milliseconds) => {
    expect(goDuration(duration)).toBe(milliseconds);
  });

  it.each(["", "10", "10d", "h", "1h 30m"])("'%s' is none", (text) => {
    expect(goDuration(text)).toBeUndefined();
  });
});

describe("locks", () => {
  it("let one work on a name at a time, in order, and go on after a failure", async () => {
    const locks = new Locks();
    const seen: string[] = [];
    const work = (name: string) => async (): Promise<string> => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      if (name === "a") {
        throw new Error("a fails");
      }
      return name;
    };
    const results = await Promise.allSettled([locks.run("app", work("a")), locks.run("app", work("b"))]);
    expect(results).toMatchObject([{ status: "rejected" }, { status: "fulfilled", value: "b" }]);
    expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });
});

describe("an application's state and inputs", () => {
  const state: PropertyMap = {
    displayName: "loader",
    api: { requestedAccessTokenVersion: 1, knownClientApplications: [] },
    web: { redirectUris: [], implicitGrant: { accessTokenIssuanceEnabled: false } },
    owners: ["b", "a"],
    tags: ["by-hand"],
    clientId: "client",
    signInAudience: "AzureADMyOrg",
    preventDuplicateNames: false,
  };

  it("agree where the program leaves out what is empty, a default, or the service's to decide", () => {
    expect([...stateChanges(applicationAttributes, state, { displayName: "loader", owners: ["a", "b"] })]).toEqual([]);
  });

  it("differ where the program takes something back", () => {
    const noted = { ...state, notes: "Loads." };
    const changes = stateChanges(applicationAttributes, noted, { displayName: "loader", owners: ["a", "b"] });
    expect([...changes]).toEqual([["notes", { kind: "delete", replaces: false }]]);
  });

  it("keep the program's own order through a refresh, and take drift over", () => {
    const inputs = { displayName: "loader", owners: ["a", "b"] };
    expect(refreshedInputs(applicationAttributes, inputs, state)).toEqual(inputs);
    const drifted = { ...state, displayName: "renamed" };
    expect(refreshedInputs(applicationAttributes, inputs, drifted)).toEqual({ ...inputs, displayName: "renamed" });
  });

  it("give an import no more than what was stated, without the defaults", () => {
    expect(importedInputs(applicationAttributes, state)).toEqual({
      displayName: "loader",
      owners: ["b", "a"],
      tags: ["by-hand"],
    });
  });

  it("compare sets by their members", () => {
    const owners = applicationAttributes["owners"];
    expect(owners !== undefined && agree(owners, ["a", "a", "b"], ["a", "b", "b"])).toBe(false);
  });
});
