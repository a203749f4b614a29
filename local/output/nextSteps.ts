import { localCommand } from "../invocation";
import { listOf } from "./lists";

/** What a reader does after a deployment, each with the command that does it. */
export const nextSteps = (stack: string, width: number): string =>
  listOf(
    {
      "1. see who reaches what": `npx daemon-access report --stack ${stack} --local`,
      "2. change a setting": `Pulumi.${stack}.yaml; ${localCommand("preview --diff")}`,
      "3. go to Azure": "docs/how-to/production.md",
    },
    width,
  );
