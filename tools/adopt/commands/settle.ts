import type { Command } from "commander";
import type { Performs } from "../cli";
import { settle } from "../estate/settle";
import type { Outcome } from "../outcome";
import { previewed } from "../previewed";
import { pulumi, pulumiGiven } from "../pulumi";

interface Options {
  readonly stack: string;
}

export function addSettle(program: Command, performs: Performs): void {
  program
    .command("settle")
    .summary("keep an import from showing as a change")
    .description(
      "After pulumi import: rewrites in the stack's state what Azure tells in other words than the program, and what Azure set by itself. What differs in earnest stays, and shows in the next preview.",
    )
    .requiredOption("--stack <name>", "the stack; read and written by the pulumi command in the current directory")
    .action(performs(settleStack));
}

async function settleStack({ stack }: Options): Promise<Outcome> {
  const { changed } = await previewed(stack);
  // Secrets stay encrypted on their way out and in.
  const settled = settle(JSON.parse(await pulumi("stack", "export", "--stack", stack)), changed);
  const { urns } = settled;
  if (urns.length > 0) {
    await pulumiGiven(JSON.stringify(settled.stack), "stack", "import", "--stack", stack);
  }
  const lines = urns.map((urn) => `settled ${urn.split("::").slice(2).join(" ")}`);
  return {
    ok: true,
    lines: urns.length === 0 ? ["Nothing was to be settled."] : [...lines, `Next: pulumi preview --stack ${stack}`],
    document: { stack, settled: urns },
  };
}
