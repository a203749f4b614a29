import { existsSync } from "node:fs";
import { UsageError } from "../cli/failure";
import type { AddCommand } from "../cli/frame";
import type { Act } from "../cli/outcome";
import { examplesHelp, helpEnd, withSharedOptions } from "../cli/sharedOptions";
import { checkedPolicyFile } from "../policies/policyFile";
import { reportOf } from "./report/report";
import { productionPreview, reported, type ReviewOptions, withReviewOptions } from "./reviewOptions";

interface Options extends ReviewOptions {
  readonly stack: string;
}

export const addReview: AddCommand = (program, performs) => {
  const command = withSharedOptions(program.command("review"), "required")
    .summary("preview a change, and report who gains or loses what access")
    .description("Previews a stack with the policy pack, and reports in Markdown who gains or loses what access.");
  withReviewOptions(command)
    .addHelpText(
      "after",
      helpEnd(
        examplesHelp(
          "npx daemon-access review --stack dev --local",
          "npx daemon-access review --stack production --fail-on access",
        ),
      ),
    )
    .action(performs(review));
};

/** The report is made whether the preview went well or not. */
const review: Act<Options> = async (options, { progress, preview = productionPreview }) => {
  if (!existsSync("Pulumi.yaml")) {
    throw new UsageError(`There is no Pulumi.yaml in ${process.cwd()}. Name the program's directory: --cwd.`);
  }
  const { stack, failOn, asOf = new Date() } = options;
  const previewed = await preview({
    stack,
    project: process.cwd(),
    policyConfig: checkedPolicyFile(process.cwd(), stack, options.policyConfig),
    progress,
  });
  const report = reportOf(previewed, { stack, failOn, asOf });
  const outcome = reported(report, options, progress);
  if (!report.preview.ok) {
    progress(`To look for the cause: ${previewed.doctor ?? `npx daemon-access doctor --stack ${stack}`}`);
  }
  return outcome;
};
