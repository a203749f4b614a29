import { spawnSync } from "node:child_process";
import { join } from "node:path";
import schema from "../../components/api/schema.json";
import { packageSchema } from "../../components/publishing/packageSchema";
import { apiReport } from "../../components/publishing/apiReport";
import { componentPages } from "../../components/publishing/componentPages";
import type { PackageSchema, SchemaComponent, SchemaType } from "../../components/publishing/inferSchema";
import { sourceDocs } from "../../components/publishing/sourceDocs";
import manifest from "../../components/package.json";

const components = join(__dirname, "../../components");
const docs = sourceDocs(components);
const reviewed: PackageSchema = schema;

describe("the files made from the components' sources", () => {
  it("are as the sources say: schema, API report, and a page of each component", () => {
    const check = ["--import", "tsx", "publishing/write.ts", "--check"];
    const { status, stderr } = spawnSync(process.execPath, check, { cwd: components, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

describe("the schema", () => {
  const access = reviewed.resources["azure-daemon-access:index:DaemonAccess"];

  it("bears the package's name and version", () => {
    expect([schema.name, schema.version]).toEqual([manifest.name, manifest.version]);
  });

  it("carries the example of every component", () => {
    for (const [token, { description }] of Object.entries(reviewed.resources)) {
      expect([token, description]).toEqual([token, expect.stringMatching(/```typescript\n(.|\n)*```$/)]);
    }
  });

  it("carries a default that is a literal, and tells of every other in words", () => {
    const everyDays = reviewed.types["azure-daemon-access:index:RotationArgs"]?.properties["everyDays"];
    expect([everyDays?.default, everyDays?.description]).toEqual([90, expect.stringContaining("Default: 90.")]);
    expect(access?.inputProperties["displayName"]?.default).toBeUndefined();
    expect(access?.inputProperties["displayName"]?.description).toContain("Default: the component's name.");
  });

  it("tells the defaults that a component's arguments inherit", () => {
    expect(access?.inputProperties["formats"]?.description).toContain('Default: ["credential"].');
  });

  it("describes every input, output and type", () => {
    const types: [string, SchemaType | SchemaComponent][] = [
      ...Object.entries(reviewed.types),
      ...Object.entries(reviewed.resources),
    ];
    const bare = types.flatMap(([token, type]) => {
      const properties = { ...type.properties, ...("inputProperties" in type && type.inputProperties) };
      const undescribed = Object.entries(properties).filter(([, { description }]) => !description);
      return [...(type.description ? [] : [token]), ...undescribed.map(([name]) => `${token}.${name}`)];
    });
    expect(bare).toEqual([]);
  });

  it("needs no other package's schema", () => {
    expect(JSON.stringify(schema)).not.toMatch(/"\$ref":"(?!#\/types\/azure-daemon-access:)/);
    expect(schema.dependencies).toEqual([]);
  });

  it("leaves out members that are private", () => {
    const inferred: PackageSchema = {
      ...reviewed,
      types: {},
      resources: {
        "azure-daemon-access:index:DataLake": {
          type: "object",
          isComponent: true,
          inputProperties: {},
          requiredInputs: [],
          properties: { url: { type: "string" }, "__#1@#account": { type: "string" } },
          required: ["__#1@#account", "url"],
        },
      },
    };
    const { properties, required } =
      packageSchema(inferred, docs).resources["azure-daemon-access:index:DataLake"] ?? {};
    expect([properties, required]).toEqual([{ url: { type: "string" } }, ["url"]]);
  });

  it("refuses a type that programs in TypeScript cannot name", () => {
    const hidden = { type: "object", properties: {}, required: [] };
    const inferred = { ...reviewed, resources: {}, types: { "azure-daemon-access:index:HiddenArgs": hidden } };
    expect(() => packageSchema(inferred, docs)).toThrow("index.ts must export HiddenArgs");
  });
});

describe("the API report", () => {
  const report = apiReport(components);

  it("has every public signature, and no comment, body or private member", () => {
    expect(report).toContain(
      [
        "class GraphGrant extends pulumi.ComponentResource {",
        "  readonly adminConsentUrl: pulumi.Output<string>;",
        "  readonly permissions: pulumi.Output<string[]>;",
        "  readonly consent: pulumi.Output<string>;",
        "  constructor(name: string, args: GraphGrantArgs, opts?: pulumi.ComponentResourceOptions);",
        "}",
      ].join("\n"),
    );
    expect(report).not.toMatch(/\/\*\*|super\(|#\w+:|private /);
  });

  it("leans on no type that isn't exported", () => {
    expect(report).not.toContain("Used above and not exported");
  });
});

describe("the page of a component", () => {
  const page = componentPages(reviewed, docs, []).get("ClientSecret.md") ?? "";

  it("has its example, resources, inputs, outputs, the types of its inputs, what it does with resource options, and its errors", () => {
    expect(page.match(/^##+ .*$/gm)).toEqual([
      "## Example",
      "## Resources",
      "## Inputs",
      "## Outputs",
      "## Types",
      "### ApplicationIdentity",
      "### RotationArgs",
      "## Resource options",
      "## Errors",
    ]);
  });

  it("says of each of Pulumi's options what it does", () => {
    const section = page.split("\n## Resource options\n")[1]?.split("\n## ")[0] ?? "";
    expect([...section.matchAll(/^\| `(\w+)` \| \w.*\. \|$/gm)].map(([, option]) => option)).toEqual([
      "protect",
      "retainOnDelete",
      "ignoreChanges",
      "deleteBeforeReplace",
      "provider",
      "providers",
      "aliases",
      "dependsOn",
      "transforms",
    ]);
  });

  it("marks what is optional and links to the types", () => {
    expect(page).toContain("| `application` | [ApplicationIdentity](#applicationidentity) |");
    expect(page).toContain("| `rotation?` | [RotationArgs](#rotationargs) |");
  });
});
