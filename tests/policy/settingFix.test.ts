import { fixedBySetting, inSettings } from "../../policy/rule/settingFix";

it.each([
  [`set the option.${inSettings("vault.protect")}`, "set vault.protect."],
  [`none is. Fix: set the option.${inSettings("vault.protect")}`, "none is. Fix: set vault.protect."],
  [
    `none is. Fix: set the option.${inSettings("vault.protect")} Not waived: it ended.`,
    "none is. Fix: set vault.protect. Not waived: it ended.",
  ],
  [`none is. Fix: set the option.${inSettings(undefined)}`, "none is. Fix: set the option."],
])("names the setting alone in place of both fixes: %s", (finding, told) => {
  expect(fixedBySetting(finding)).toBe(told);
});
