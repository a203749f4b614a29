import { addressRange, isPrivate, rangeHolds } from "../../../../local/azure/network/addressRange";

it.each(["203.0.113.10", "203.0.113.0/24", "0.0.0.0/0", "255.255.255.255/32"])("reads %s", (text) => {
  expect(addressRange(text)).toBeDefined();
});

it.each(["", "203.0.113", "203.0.113.256", "203.0.113.0/33", "203.0.113.0/", "203.0.113.0/24/8", "::1", "host"])(
  "does not take %j for a range",
  (text) => {
    expect(addressRange(text)).toBeUndefined();
    expect(rangeHolds(text, "203.0.113.10")).toBe(false);
  },
);

it("holds the addresses that share its prefix, and no others", () => {
  expect(rangeHolds("203.0.113.8/29", "203.0.113.15")).toBe(true);
  expect(rangeHolds("203.0.113.8/29", "203.0.113.16")).toBe(false);
  expect(rangeHolds("203.0.113.10", "203.0.113.10")).toBe(true);
  expect(rangeHolds("203.0.113.10", "203.0.113.11")).toBe(false);
  expect(rangeHolds("0.0.0.0/0", "203.0.113.10")).toBe(true);
});

it("knows the private ranges by their ends", () => {
  expect(["10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.1/24"].map(isPrivate)).toEqual(
    Array(5).fill(true),
  );
  expect(["9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.169.0.0"].map(isPrivate)).toEqual(
    Array(5).fill(false),
  );
});
