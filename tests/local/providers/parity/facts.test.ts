import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { resourceTypes } from "../../../../local/providers/azuread/catalogue";
import { resourceSpecs } from "../../../../local/providers/azureNative/resources/catalogue";
import { azureadFacts } from "./azuread.facts";
import { azureNativeFacts } from "./azureNative.facts";
import { rowsToReview, type TypeFacts } from "./facts";
import { installedVersion, sdkClass } from "./sdk";

const rowOf = (type: string): TypeFacts => {
  const row = { ...azureNativeFacts.types, ...azureadFacts.types }[type];
  if (row === undefined) throw new Error(`${type} has no row in the facts of its provider`);
  return row;
};

describe("the facts of the real providers", () => {
  it.each([azureNativeFacts, azureadFacts])("are of the $provider that is installed", (facts) => {
    expect(rowsToReview(facts, installedVersion(facts.provider))).toEqual([]);
  });

  it("name each row to look at again after an upgrade", () => {
    const rows = rowsToReview(azureadFacts, "7.0.0");
    expect(rows).toHaveLength(resourceTypes.length);
    expect(rows[0]).toBe(
      "azuread:index/application:Application: facts of azuread 6.9.1, installed 7.0.0. Compare requests, state, replaces.",
    );
  });

  it("have a row for each type that has a stand-in, and for no other", () => {
    expect(Object.keys(azureNativeFacts.types).sort()).toEqual(resourceSpecs.map(({ type }) => type).sort());
    expect(Object.keys(azureadFacts.types).sort()).toEqual(resourceTypes.map(({ type }) => type).sort());
  });

  it("cover each type that the components declare", () => {
    const components = join(__dirname, "..", "..", "..", "..", "components");
    const sources = readdirSync(components, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.includes("node_modules") && !file.endsWith(".d.ts"))
      .map((file) => readFileSync(join(components, file), "utf8"));
    const declared = new Set(
      sources.flatMap((source) =>
        [...source.matchAll(/new (\w+)\.(\w+)\(/g)].map(([, module, name]) => `${module}.${name}`),
      ),
    );
    const known = new Set(
      [...Object.keys(azureNativeFacts.types), ...Object.keys(azureadFacts.types)].map((type) =>
        type.split(":").at(-1),
      ),
    );
    const modules =
      /^(azuread|authorization|datalakestore|keyvault|machinelearning\w*|managedidentity|monitor|network|privatedns|resources|storage)\./;
    const missing = [...declared].filter((each) => modules.test(each) && !known.has(each.split(".")[1]));
    expect([...declared]).toContain("azuread.Application");
    expect(missing).toEqual([]);
  });
});

describe.each(resourceSpecs)("$type", ({ type, apiVersion, parameters, properties }) => {
  const { refused = [], replaces } = rowOf(type);
  const sdk = sdkClass(type);

  it("is asked for at the API version of the SDK", () => {
    expect(apiVersion).toBe(sdk.apiVersion);
  });

  it("takes and keeps the properties that the SDK has", () => {
    const inputs = Object.keys(properties).filter((name) => properties[name]?.readOnly !== true);
    expect([...Object.keys(parameters), ...inputs, ...refused].sort()).toEqual(sdk.inputs);
    const outputs = Object.keys(properties).filter((name) => name !== "id");
    expect([...outputs, "azureApiVersion"].sort()).toEqual(sdk.outputs);
  });

  it("is made anew for the same changes", () => {
    const immutable = Object.keys(properties).filter((name) => properties[name]?.immutable === true);
    expect(immutable.sort()).toEqual(replaces);
  });
});

describe.each(resourceTypes)("$type", (resource) => {
  const { type, attributes } = resource;
  const { refused = [], replaces, requests } = rowOf(type);
  const sdk = sdkClass(type);

  it("takes and keeps the properties that the SDK has", () => {
    const inputs = Object.keys(attributes).filter((name) => attributes[name]?.outputOnly !== true);
    expect([...inputs, ...refused].sort()).toEqual(sdk.inputs);
    expect([...new Set([...Object.keys(attributes), ...refused])].sort()).toEqual(sdk.outputs);
  });

  it("is made anew for the same changes", () => {
    const immutable = Object.keys(attributes).filter((name) => attributes[name]?.forceNew === true);
    expect(immutable.sort()).toEqual(replaces);
    expect("update" in resource).toBe(requests.update !== undefined);
  });
});
