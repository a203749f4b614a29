import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import * as components from "../../components/index";
import manifest from "../../components/package.json";

const classes = Object.entries(components)
  .filter(([, value]) => value.prototype instanceof pulumi.ComponentResource)
  .map(([name]) => name);

describe("the package", () => {
  const schema = new Analyzer(join(__dirname, "../../components"), manifest.name, manifest, new Set(classes)).analyze();

  it("offers these components to every Pulumi language", () => {
    expect(Object.keys(schema.components).sort()).toEqual([
      "ClientSecret",
      "CredentialExport",
      "CredentialReader",
      "CredentialVault",
      "DaemonAccess",
      "DaemonAccessReference",
      "DaemonApplication",
      "DataLake",
      "GraphGrant",
      "MachineLearningAccess",
    ]);
  });

  it("needs no other package's schema", () => {
    expect(JSON.stringify(schema)).not.toMatch(/"\$ref":"(?!#\/types\/azure-daemon-access:)/);
  });

  it("documents every input and output", () => {
    const described = [...Object.values(schema.components).flatMap(({ inputs, outputs }) => [inputs, outputs])];
    const types = Object.values(schema.typeDefinitions).map(({ properties }) => properties);
    for (const properties of [...described, ...types]) {
      for (const [name, property] of Object.entries(properties ?? {})) {
        expect([name, property.description]).toEqual([name, expect.any(String)]);
      }
    }
  });
});
