import { set, without } from "./support/change";
import { compliant } from "./support/compliant";
import { findInStack, findOn } from "./support/findings";

const rule = "storage-tls-version";
const broken = without("minimumTlsVersion")(compliant.account);
const waiver = { resource: "acc*", reason: "an old reader until it moves", expires: "2999-01-31" };
const waived = (...waivers: object[]) => ({ [rule]: { waivers } });
const found = (...waivers: object[]) => findOn(broken, waived(...waivers))[0];

afterEach(() => {
  findInStack([]);
});

describe("a waiver", () => {
  it("turns a finding into advice that shows its reason and its end", () => {
    expect(found(waiver)).toMatchObject({ rule, level: "advisory" });
    expect(found(waiver)?.message).toContain(
      "Waived until 2999-01-31: an old reader until it moves. minimumTlsVersion",
    );
  });

  it("tells in its last two weeks how many days are left", () => {
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const told = (days: number) =>
      /Waived until [\d-]+: ([^.]*)\./.exec(found({ ...waiver, expires: inDays(days) })?.message ?? "")?.[1];
    expect(told(0)).toBe("an old reader until it moves (ends today)");
    expect(told(1)).toBe("an old reader until it moves (ends in 1 day)");
    expect(told(14)).toBe("an old reader until it moves (ends in 14 days)");
    expect(told(15)).toBe("an old reader until it moves");
  });

  it("names a resource by its URN, too", () => {
    const urn = "*::azure-native:storage:StorageAccount::account";
    expect(found({ ...waiver, resource: urn })?.level).toBe("advisory");
  });

  it("does nothing for other resources", () => {
    expect(found({ ...waiver, resource: "other" })?.level).toBe("mandatory");
  });

  it("does nothing for other rules", () => {
    const twice = set("enableHttpsTrafficOnly", false)(broken);
    expect(findOn(twice, waived(waiver)).map(({ rule, level }) => [rule, level])).toEqual([
      ["storage-https-only", "mandatory"],
      [rule, "advisory"],
    ]);
  });

  it.each([
    ["that has expired", { ...waiver, expires: "2020-01-31" }, 'the waiver for "acc*" expired on 2020-01-31'],
    ["without a reason", { ...waiver, reason: " " }, 'the waiver for "acc*" gives no reason'],
    ["without an end", { resource: "acc*", reason: "later" }, 'the waiver for "acc*" expires on ""'],
  ])("%s waives nothing, and says so", (_title, bad, says) => {
    expect(found(bad)?.level).toBe("mandatory");
    expect(found(bad)?.message).toContain(`Not waived: ${says}`);
  });

  it("that has expired is a violation of its own, even if there is nothing left to waive", () => {
    const configuration = waived({ ...waiver, expires: "2020-01-31" });
    findOn(compliant.vault, configuration);
    expect(findInStack([compliant.vault], configuration)).toContainEqual(
      expect.objectContaining({
        rule: "waivers-in-order",
        level: "mandatory",
        message: expect.stringContaining(`${rule}: the waiver for "acc*" expired on 2020-01-31`) as string,
      }),
    );
  });

  it("that still runs is none", () => {
    findOn(compliant.vault, waived(waiver));
    expect(findInStack([], waived(waiver))).toEqual([]);
  });
});
