import { cloudProblems } from "../../infra/cloud";

it.each(["azure-native:environment", "azuread:environment"])("refuses another cloud in %s", (key) => {
  expect(cloudProblems({ [key]: "usgovernment" }, {})).toEqual([
    expect.stringMatching(new RegExp(`^${key}: .*usgovernment.* needed Azure's public cloud`)),
  ]);
});

it("refuses another cloud that a variable names, once", () => {
  expect(cloudProblems({}, { ARM_ENVIRONMENT: "china" })).toHaveLength(1);
});

it("takes the public cloud by each of its names", () => {
  expect(cloudProblems({ "azuread:environment": "Global" }, { ARM_ENVIRONMENT: "public" })).toEqual([]);
});
