import fc from "fast-check";
import { ipRange } from "../../../components/checks/addresses";
import { objectId, subnetId, subscriptionOf, workspaceId } from "../../../components/checks/identifiers";
import { inUtc, instant, moment, momentAfter } from "../../../components/checks/moments";
import {
  autonamedStorageAccount,
  autonamedVault,
  daemonName,
  displayName,
  fileSystemName,
  location,
  resourceGroupName,
  secretName,
  storageAccountName,
  vaultName,
} from "../../../components/checks/names";
import { editDistance, nearest } from "../../../components/checks/nearest";
import type { Check } from "../../../components/checks/refusal";
import { shown } from "../../../components/checks/shown";

const long = (length: number): string => "a".repeat(length);
const GUID = "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84";

const names: [string, Check, string[], string[]][] = [
  ["storage account's", storageAccountName, ["abc", "st1", long(24)], ["ab", long(25), "Abc", "a-b", "", "stdämon"]],
  ["autonamed storage account's", autonamedStorageAccount, ["abc", long(16)], ["ab", long(17), "st-a", "St"]],
  ["vault's", vaultName, ["kv1", "Kv-a-1", long(24)], ["kv", long(25), "1kv", "kv-", "kv--a", "kv_a", ""]],
  ["autonamed vault's", autonamedVault, ["k", "kv-a", long(16)], [long(17), "1", "kv-", ""]],
  ["secret's", secretName, ["a", "A-1-", long(127)], ["", long(128), "a_b", "a.b", "a b"]],
  ["file system's", fileSystemName, ["abc", "a-b-1", long(63)], ["ab", long(64), "-ab", "ab-", "a--b", "Abc", ""]],
  ["daemon's", daemonName, ["a", "forecast-loader", "a1", long(64)], ["", "1a", "a-", "a--b", "A", "a.b", long(65)]],
  ["displayed", displayName, ["x", "Forecast loader", long(120)], ["", " x", "x ", long(121)]],
  ["resource group's", resourceGroupName, ["rg", "rg_(1).x", "Grüße", long(90)], ["", "rg.", "rg/1", long(91)]],
  ["region's", location, ["westeurope", "eastus2"], ["West Europe", "westEurope", "west-europe", "", "2us"]],
];

describe.each(names)("a %s name", (_whose, check, taken, refused) => {
  it.each(taken)("can be %s", (name) => {
    expect(check(name)).toBeUndefined();
  });
  it.each(refused)("cannot be %p", (name) => {
    expect(check(name)).toBeDefined();
  });
});

describe("a region", () => {
  it("is corrected to its short form", () => {
    expect(location("West Europe")).toEqual({
      needed: "a region's short name, lowercase letters and digits without spaces",
      fix: 'Write "westeurope".',
    });
  });
});

describe("a moment", () => {
  it.each(["2030-01-31T00:00:00Z", "2030-01-31T00:00:00.5+02:00", "2028-02-29T23:59:59-11:30"])("can be %s", (text) => {
    expect(moment(text)).toBeUndefined();
  });

  it.each([
    "",
    "2030-01-31",
    "2030-01-31T00:00:00",
    "2030-02-30T00:00:00Z",
    "2030-13-01T00:00:00Z",
    "tomorrow",
    "2030-01-31T24:00:00Z",
    "2030-01-31T23:60:00Z",
    "4320h",
  ])("cannot be %p", (text) => {
    expect(moment(text)?.needed).toBe("a date and time with its zone, as RFC 3339 writes it");
  });

  it("is near enough to count years on from", () => {
    expect(moment("2999-12-31T23:59:59Z")).toBeUndefined();
    expect(moment("9999-12-31T00:00:00Z")?.needed).toBe("a moment before the year 3000");
  });

  it("that YAML has rewritten is answered with how to keep it", () => {
    expect(moment("2030-01-31 00:00:00 +0000 UTC")?.fix).toBe(
      'Put it in quotes, "2030-01-31T00:00:00Z", or YAML reads it as a timestamp.',
    );
  });

  it("after another is later, not the same", () => {
    const after = momentAfter("2030-01-01T00:00:00Z");
    expect(after("2030-01-01T00:00:01Z")).toBeUndefined();
    expect(after("2030-01-01T00:00:00Z")?.needed).toBe(
      "a moment later than 2030-01-01T00:00:00Z, which is when this runs",
    );
    expect(after("soon")?.needed).toBe("a date and time with its zone, as RFC 3339 writes it");
  });

  it("is written in UTC and whole seconds", () => {
    expect(inUtc("2030-01-31T01:00:00.9+02:00")).toBe("2030-01-30T23:00:00Z");
  });

  it("that was not checked is a mistake of ours", () => {
    expect(() => instant("soon")).toThrow(new RangeError("Not a moment: soon"));
  });
});

describe("an IP range", () => {
  it.each(["203.0.113.10", "203.0.113.0/24", "8.0.0.0/8", "203.0.113.252/30"])("can be %s", (range) => {
    expect(ipRange(range)).toBeUndefined();
  });

  it.each([
    ["0.0.0.0/0", "A range this wide allows everyone; set the addresses of your clients."],
    ["203.0.113.7/24", 'Write the range by its first address: "203.0.113.0/24".'],
    ["203.0.113.7/32", 'Write the address alone: "203.0.113.7".'],
    ["10.1.2.3", "Azure sees public addresses only; write the one your clients leave their network by."],
    ["192.168.0.0/24", "Azure sees public addresses only; write the one your clients leave their network by."],
    ["203.0.113", 'Write, for example, "203.0.113.0/24".'],
    ["203.0.113.256", 'Write, for example, "203.0.113.0/24".'],
    ["203.0.113.0/33", 'Write, for example, "203.0.113.0/24".'],
    ["203.0.113.0/24/24", 'Write, for example, "203.0.113.0/24".'],
    ["2001:db8::/32", 'Write, for example, "203.0.113.0/24".'],
    ["", 'Write, for example, "203.0.113.0/24".'],
  ])("cannot be %p", (range, fix) => {
    expect(ipRange(range)).toEqual({
      needed: "a public IPv4 address, or a range of them in CIDR notation from /8 to /30",
      fix,
    });
  });
});

describe("an identifier", () => {
  it("is a GUID for a principal", () => {
    expect(objectId(GUID)).toBeUndefined();
    expect(objectId(GUID.toUpperCase())).toBeUndefined();
    expect(objectId(`{${GUID}}`)).toBeDefined();
  });

  it("is a whole resource ID for a workspace and a subnet", () => {
    const group = `/subscriptions/${GUID}/resourceGroups/rg`;
    expect(workspaceId(`${group}/providers/microsoft.machinelearningservices/workspaces/ml`)).toBeUndefined();
    expect(workspaceId(`${group}/providers/Microsoft.MachineLearningServices/workspaces/ml/`)).toBeDefined();
    expect(subnetId(`${group}/providers/Microsoft.Network/virtualNetworks/v/subnets/s`)).toBeUndefined();
    expect(subnetId(`${group}/providers/Microsoft.Network/virtualNetworks/v`)).toBeDefined();
  });

  it("tells its subscription", () => {
    expect(subscriptionOf(`/subscriptions/${GUID}/resourceGroups/rg`)).toBe(GUID);
    expect(subscriptionOf("/subscriptions/mine")).toBeUndefined();
  });
});

describe("the nearest names", () => {
  const known = ["Reader", "Contributor", "Storage Blob Data Reader"];

  it("are found whatever the case", () => {
    expect(nearest("reader", known)).toEqual(["Reader"]);
  });

  it("are none where nothing comes near", () => {
    expect(nearest("Plumber", known)).toEqual([]);
  });

  it("are counted by a distance that is a metric", () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });
});

describe("a value in an error", () => {
  it.each([
    [undefined, "nothing"],
    ["", "nothing"],
    [null, "null"],
    [7, "7"],
    [false, "false"],
    ["text", '"text"'],
    [["a"], "a list"],
    [{ a: 1 }, "an object"],
    [long(90), `"${long(80)}…"`],
  ])("is %p shown as %s", (value, text) => {
    expect(shown(value)).toBe(text);
  });
});
