import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fragmentsIn, nextVersion, section, withoutFragment } from "../../components/publishing/fragments";

const directory = join(__dirname, "../../components/changes");
const adds = { kind: "minor", text: "GraphGrant has an output\nmore." } as const;
const fixes = { kind: "patch", text: "A retry ends." } as const;
const breaks = { kind: "major", text: "owners is required." } as const;

describe("the changes since the last release", () => {
  it("are written down in the form that a release reads", () => {
    const names = readdirSync(directory).filter((name) => name !== "README.md");
    const files = new Map(names.map((name) => [name, readFileSync(join(directory, name), "utf8")]));
    expect(fragmentsIn(files)).toHaveLength(names.length);
  });

  it.each([
    ["longer.md", "tiny\n\nText."],
    ["longer.md", "minor\n"],
    ["longer.txt", "minor\n\nText."],
  ])("refuses %s with %j", (name, content) => {
    expect(() => fragmentsIn(new Map([[name, content]]))).toThrow(`components/changes/${name}: write a .md file`);
  });

  it.each([
    ["1.2.3", [fixes], "1.2.4"],
    ["1.2.3", [fixes, adds], "1.3.0"],
    ["1.2.3", [adds, breaks], "2.0.0"],
    ["0.1.0", [breaks], "0.2.0"],
    ["0.1.0", [adds], "0.1.1"],
    ["0.1.0", [], "0.1.0"],
  ])("take %s, with %j, to %s", (version, fragments, next) => {
    expect(nextVersion(version, fragments)).toBe(next);
  });

  it("become a section of the changelog, with what breaks first", () => {
    expect(section("2.0.0", [fixes, adds, breaks])).toBe(
      [
        "## azure-daemon-access 2.0.0\n",
        "### Breaking\n\n- owners is required.\n",
        "### New\n\n- GraphGrant has an output\n  more.\n",
        "### Fixed\n\n- A retry ends.\n",
      ].join("\n"),
    );
  });

  it("must be told of where a public file changes", () => {
    const changed = ["graph/graphGrant.ts", "api/schema.json", "README.md", "publishing/write.ts", "changes/README.md"];
    expect(withoutFragment(changed)).toEqual(["graph/graphGrant.ts", "api/schema.json"]);
    expect(withoutFragment([...changed, "changes/longer-overlap.md"])).toEqual([]);
  });
});
