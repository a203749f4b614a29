import { code, plain } from "../../../tools/review/report/markdownText";
import { markdown } from "../../../tools/review/report/markdown";
import { application } from "./support/daemon";
import type { Told } from "./support/events";
import { reviewOf } from "./support/report";

describe("names and messages of others", () => {
  it("are no mark-up, no mention and no second line", () => {
    expect(plain("**a** <b>\n@team #1 | [x](y)")).toBe(
      "&#42;&#42;a&#42;&#42; &#60;b&#62; &#64;team &#35;1 &#124; &#91;x&#93;(y)",
    );
  });

  it("stay within their code span and their table's cell", () => {
    expect(code("a`b")).toBe("`` a`b ``");
    expect(code("a|b\nc")).toBe("`a¦b c`");
  });

  it("stay within their line of who gains what", () => {
    const owned = application([], [], ["x | y"]);
    const told: Told = { ...owned, old: { ...owned.old, inputs: { displayName: "A | B\n| C" } } };
    const row = markdown(reviewOf([told]))
      .split("\n")
      .find((line) => line.includes("becomes an owner"));
    expect(row).toMatch(/^- ➕ owner x &#124; y becomes an owner of application loader-application \S+ loader”\)$/);
  });
});

it("a report of a large stack stays within a comment's length, and says what it leaves out", () => {
  const told = Array.from({ length: 500 }, (_, index): Told => ({
    type: "azure-native:authorization:RoleAssignment",
    name: `a-role-assignment-with-quite-a-long-name-${index}`,
    old: { inputs: { roleDefinitionId: "x", description: "a" } },
    new: { inputs: { roleDefinitionId: "x", description: "b" } },
  }));
  const text = markdown(reviewOf(told));
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain(" and 488 more");
});

it("nothing to decide is said in as many words", () => {
  const text = markdown(reviewOf([application(["User.Read.All"])]));
  expect(text).toContain("## ✅ Nothing to decide");
  expect(text).toContain("### Who gains or loses what access\n\nNobody.");
});
