import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { referenceFiles } from "../../infra/reference/referenceFiles";
import { stackFileSchema } from "../../infra/reference/stackFileSchema";
import { read, root } from "./pages";

const dev = (): { config: Record<string, unknown> } =>
  parse(read("Pulumi.dev.yaml")) as { config: Record<string, unknown> };

describe("what is generated from the schema of the settings", () => {
  it.each([...referenceFiles()])("%s is up to date; npm run docs -- generate writes it", (file, content) => {
    expect(readFileSync(file, "utf8")).toBe(content);
  });
});

describe("the JSON Schema of a stack's file", () => {
  const schema = z.fromJSONSchema(stackFileSchema());
  const problemsOf = (file: unknown): string[] =>
    (schema.safeParse(file).error?.issues ?? []).map(({ path }) => path.join("."));

  it("accepts Pulumi.dev.yaml", () => {
    expect(problemsOf(dev())).toEqual([]);
  });

  it("refuses a setting that is missing, one of the wrong type, and an unknown one within an object", () => {
    const { config } = dev();
    expect(stackFileSchema()).toMatchObject({
      properties: {
        config: {
          anyOf: [
            { required: ["azure-daemon-access:platformStack"] },
            { required: ["azure-daemon-access:location", "azure-daemon-access:resourceGroupName"] },
          ],
        },
      },
    });
    expect(problemsOf({ config: { ...config, "azure-daemon-access:vault": { retentionDays: "30" } } })).toEqual([
      "config.azure-daemon-access:vault.retentionDays",
    ]);
    expect(problemsOf({ config: { ...config, "azure-daemon-access:lake": { skew: 1 } } })).toEqual([
      "config.azure-daemon-access:lake",
    ]);
  });

  it("is named by the first line of Pulumi.dev.yaml, for editors", () => {
    const [, file = ""] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(read("Pulumi.dev.yaml")) ?? [];
    expect(JSON.parse(readFileSync(join(root, file), "utf8"))).toEqual(stackFileSchema());
  });
});
