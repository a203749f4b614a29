import type { AddCommand } from "../../cli/frame";
import { helpEnd, withSharedOptions } from "../../cli/sharedOptions";
import { readerHelp } from "../readerHelp";
import { settle } from "../estate/settle";
import type { Outcome } from "../../cli/outcome";
import { previewed } from "../previewed";
import { pulumi } from "../../cli/pulumi";

interface Options {
  readonly stack: string;
}

export const addSettle: AddCommand = (program, performs) => {
  withSharedOptions(program.command("settle"), "required")
    .summary("correct the state after `pulumi import`")
    .description(
      "Corrects a stack's state after `pulumi import`: values that Azure writes differently from the program, and values that Azure set itself. Real differences stay, and the next preview shows them.",
    )
    .addHelpText("after", helpEnd(readerHelp))
    .action(performs(settleStack));
};

async function settleStack({ stack }: Options): Promise<Outcome> {
  const { changed } = await previewed(stack);
  // Secrets stay encrypted on their way out and in.
  const settled = settle(JSON.parse(await pulumi(["stack", "export", "--stack", stack])), changed);
  const { urns } = settled;
  if (urns.length > 0) {
    await pulumi(["stack", "import", "--stack", stack], { input: JSON.stringify(settled.stack) });
  }
  const lines = urns.map((urn) => `settled ${urn.split("::").slice(2).join(" ")}`);
  return {
    ok: true,
    lines: urns.length === 0 ? ["Nothing was to be settled."] : [...lines, `Next: pulumi preview --stack ${stack}`],
    document: { stack, settled: urns },
  };
}
