import { join } from "node:path";
import { scenarioDirectory } from "../../azure/conditions/faults/scenarioFiles";
import { projectRoot } from "../../stateDirectory";
import { faultsPage, scenarioJsonSchema } from "./faultsPage";

/** What is generated from the fault scenarios and their schema: file to content. */
export const referenceFiles = (): ReadonlyMap<string, string> =>
  new Map([
    [join(projectRoot, "docs/reference/faults.md"), faultsPage()],
    [join(scenarioDirectory, "scenario.schema.json"), `${JSON.stringify(scenarioJsonSchema(), undefined, 2)}\n`],
  ]);
