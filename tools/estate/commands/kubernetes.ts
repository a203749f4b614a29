import { stringify } from "yaml";
import { UsageError } from "../../cli/failure";
import type { AddCommand } from "../../cli/frame";
import type { Act } from "../../cli/outcome";
import { examplesHelp, helpEnd, withSharedOptions } from "../../cli/sharedOptions";
import { repeated } from "../../cli/values";
import { resourceName, type Source, stackResource } from "../kubernetes/stackResource";
import { planEstate, type PlannedStack } from "../plan/plan";

interface Options extends Source {
  readonly stack?: readonly string[];
}

/** `estate kubernetes`. */
export const addKubernetes: AddCommand = (program, performs) => {
  withSharedOptions(program.command("kubernetes"), "none")
    .summary("print a Stack resource of the Pulumi Kubernetes Operator for each stack")
    .description(
      "Prints a Stack resource for each stack, for the Pulumi Kubernetes Operator. Each waits for its platform stack and has its own service account, <stack>-deployer.",
    )
    .requiredOption("--repository <url>", "the git repository with the project")
    .option("--branch <name>", "the branch that is deployed", "main")
    .option("--directory <path>", "the directory with Pulumi.yaml in the repository (default: its root)")
    .option("--backend <url>", "the state backend (default: Pulumi Cloud)")
    .option("--organization <name>", "the organization in Pulumi Cloud")
    .option("--stack <name>", "only this stack; repeatable", repeated)
    .addHelpText(
      "after",
      helpEnd(
        examplesHelp(
          "npx daemon-access estate kubernetes --organization contoso \\",
          "  --repository https://github.com/contoso/daemons",
        ),
      ),
    )
    .action(performs(kubernetes));
};

const kubernetes: Act<Options> = async (options) => {
  const { repository, branch, directory, backend, organization, stack } = options;
  const stacks = (await planEstate(process.cwd(), { ...(stack && { stack }) })).filter(({ runs }) => runs);
  refuseSameNames(stacks);
  const source = {
    repository,
    branch,
    ...(directory !== undefined && { directory }),
    ...(backend !== undefined && { backend }),
    ...(organization !== undefined && { organization }),
  };
  const resources = stacks.map((each) => stackResource(each, source));
  return { ok: true, lines: [resources.map((each) => stringify(each)).join("---\n")], document: { resources } };
};

/** Kubernetes knows fewer letters than Pulumi. */
function refuseSameNames(stacks: readonly PlannedStack[]): void {
  const names = new Map<string, string>();
  for (const { stack } of stacks) {
    const name = resourceName(stack);
    const other = names.get(name);
    if (other !== undefined) {
      throw new UsageError(`${other} and ${stack} would both be ${name} in Kubernetes. Rename one of the stacks.`);
    }
    names.set(name, stack);
  }
}
