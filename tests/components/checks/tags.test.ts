import fc from "fast-check";
import { tagProblems } from "../../../components/checks/tags";

/** Azure Resource Manager's published rule for a tag's name. */
const published = (name: string, longest: number): boolean =>
  name.length >= 1 && name.length <= longest && !/[<>%&\\?/]/.test(name);

const names = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20, unit: "grapheme-ascii" }),
  fc.string({ minLength: 100, maxLength: 150, unit: fc.constantFrom("a", "b", "c", "-", ":", ".", " ") }),
);
const named = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "value"]));

describe("tags", () => {
  it("are refused where Azure's published rule refuses their names", () => {
    fc.assert(
      fc.property(names, fc.constantFrom(128, 512), (name, longest) => {
        fc.pre(name.trim() !== "");
        expect(tagProblems({ [name]: "value" }, longest).length === 0).toBe(published(name, longest));
      }),
    );
  });

  it("are at most 50", () => {
    expect(tagProblems(named(50))).toEqual([]);
    expect(tagProblems(named(51)).map(({ refusal }) => refusal.needed)).toEqual(["at most 50 tags, not 51"]);
  });

  it("differ in more than letter case", () => {
    expect(tagProblems({ owner: "a", Owner: "b" }).map(({ name, refusal }) => [name, refusal.fix])).toEqual([
      ["Owner", '"owner" already exists; remove one of them.'],
    ]);
  });

  it("have values of at most 256 characters, as far as they are known", () => {
    expect(tagProblems({ a: "v".repeat(256), b: Symbol("pending") })).toEqual([]);
    expect(tagProblems({ a: "v".repeat(257) })).toHaveLength(1);
  });
});
