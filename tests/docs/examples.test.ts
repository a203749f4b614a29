import { examples, faultsOf } from "./examples";

jest.setTimeout(180_000);

describe("examples in TypeScript", () => {
  it("are accepted by the compiler, with the real sources", () => {
    const given = examples();
    const broken = { place: "a broken example", text: 'new DaemonApplication("loader", { displayNames: "Loader" });' };
    const faults = faultsOf([...given, broken]);
    expect(faults.filter((fault) => !fault.startsWith(broken.place))).toEqual([]);
    // The compiler was at work: it finds what is wrong with one that is.
    expect(faults.join("\n")).toContain("'displayNames' does not exist in type 'DaemonApplicationArgs'");
  });

  it("are there for every component", () => {
    const all = examples();
    expect(all.filter(({ place }) => place.startsWith("README.md")).length).toBeGreaterThanOrEqual(2);
    expect(all.filter(({ place }) => place.startsWith("docs/tutorials/")).length).toBeGreaterThanOrEqual(2);
    expect(all.filter(({ place }) => place.startsWith("components/README.md")).length).toBeGreaterThanOrEqual(1);
    expect(
      all.filter(({ place }) => place.startsWith("components/") && place.includes(".ts")).length,
    ).toBeGreaterThanOrEqual(8);
  });
});
