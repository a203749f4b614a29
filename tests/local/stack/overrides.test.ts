import { withOverrides } from "../../../local/stack/overrides";

const settings = {
  "p:location": "westeurope",
  "p:lake": { sku: "Standard_ZRS" },
  "p:daemons": [
    { name: "loader", graph: { permissions: ["User.Read.All"] } },
    { name: "mailer", graph: { consent: "request" } },
  ],
  "p:sealed": { secure: "v1:abc" },
};
const changed = (...overrides: string[]): Record<string, unknown> => withOverrides(settings, overrides, "p");

it("puts a value in place of a setting, of the project's namespace or of another", () => {
  expect(changed("location=northeurope", "azure-native:location=uksouth", "p:asOf=2026-03-01T00:00:00Z")).toEqual({
    ...settings,
    "p:location": "northeurope",
    "azure-native:location": "uksouth",
    "p:asOf": "2026-03-01T00:00:00Z",
  });
});

it("leads into groups and lists, and leaves what stands beside", () => {
  expect(changed("daemons[1].graph.consent=grant", "lake.accountName=forecasts")).toEqual({
    ...settings,
    "p:lake": { sku: "Standard_ZRS", accountName: "forecasts" },
    "p:daemons": [settings["p:daemons"][0], { name: "mailer", graph: { consent: "grant" } }],
  });
});

it("adds to a list at its end, and makes the groups and lists that are not there", () => {
  expect(changed("daemons[2].name=third", "vault.allowedIpRanges[0]=203.0.113.0/24", 'tags["a.b"]=c')).toEqual({
    ...settings,
    "p:daemons": [...settings["p:daemons"], { name: "third" }],
    "p:vault": { allowedIpRanges: ["203.0.113.0/24"] },
    "p:tags": { "a.b": "c" },
  });
});

it.each([
  ["vault.retentionDays=30", { retentionDays: 30 }],
  ["vault.retentionDays=007", { retentionDays: "007" }],
  ["vault.protected=true", { protected: true }],
  ["vault.name=", { name: "" }],
  ['vault={"name":"kv"}', { name: "kv" }],
  ["vault=5", "5"],
])("reads %s as its value's kind", (override, value) => {
  expect(changed(override)["p:vault"]).toEqual(value);
});

it("leaves the settings that it was given as they are", () => {
  const before = structuredClone(settings);
  changed("daemons[0].name=other", "daemons[0].graph.permissions[0]=None");
  expect(settings).toEqual(before);
});

it("tells everything that can't be applied at once", () => {
  expect(() =>
    changed(
      "location.name=x",
      "daemons[3].name=x",
      "daemons.name=x",
      "lake[0]=x",
      "sealed.inner=x",
      "daemons[=x",
      ".=x",
      "lake={oops",
    ),
  ).toThrow(
    [
      "--config location.name: p:location is not an object, so nothing can be set in it.",
      "--config daemons[3].name: p:daemons has 2 entries. Give an index from 0 to 2, which adds one.",
      "--config daemons.name: p:daemons is not an object, so nothing can be set in it.",
      "--config lake[0]: p:lake is not a list, so it has no [0].",
      "--config sealed.inner: p:sealed is encrypted, so nothing can be set in it. Give all of it.",
      '--config daemons[: "[" is not a path. Write .name, [0] or ["a.name"].',
      "--config .: is not a key. Write it as lake.sku or daemons[0].graph.consent.",
      "--config lake: its value begins like JSON and is none. Check its quotes and brackets.",
    ].join("\n"),
  );
});
