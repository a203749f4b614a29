import { readFileSync } from "node:fs";
import { referenceFiles } from "../../local/faults/reference/referenceFiles";
import { shippedScenarios } from "../../local/azure/conditions/faults/scenarioFiles";
import { z } from "zod";
import { scenarioJsonSchema } from "../../local/faults/reference/faultsPage";

it.each([...referenceFiles()])("%s is up to date; npm run docs -- generate writes it", (file, content) => {
  expect(readFileSync(file, "utf8")).toBe(content);
});

it("accepts every scenario by the schema that editors read, and refuses an unknown field", () => {
  const schema = z.fromJSONSchema(scenarioJsonSchema() as z.core.JSONSchema.JSONSchema);
  for (const { name, ...scenario } of shippedScenarios()) {
    expect([name, schema.safeParse(scenario).success]).toEqual([name, true]);
  }
  expect(schema.safeParse({ description: "long enough", rules: [{ delayMs: 1, coutn: 1 }] }).success).toBe(false);
});
