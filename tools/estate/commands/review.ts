import type { AddCommand } from "../../cli/frame";
import type { Act } from "../../cli/outcome";
import { examplesHelp, helpEnd } from "../../cli/sharedOptions";
import { estateReportOf } from "../../review/report/report";
import { productionPreview, reported, type ReviewOptions, withReviewOptions } from "../../review/reviewOptions";
import { previewStacks } from "../review/previews";
import { changedSince, type StackOptions, stacksOf, withStackOptions } from "./stackOptions";

type Options = StackOptions & ReviewOptions;

/** `estate review`. */
export const addReview: AddCommand = (program, performs) => {
  const command = withStackOptions(program.command("review"))
    .summary("preview the stacks, and report who gains or loses what access")
    .description(
      "Previews the stacks with the policy pack, in parallel, and reports in one document who gains or loses what access across all of them. A stack that uses a platform is previewed against the planned outputs of the platform.",
    )
    .option(...changedSince);
  withReviewOptions(command)
    .addHelpText(
      "after",
      helpEnd(
        examplesHelp(
          "npx daemon-access estate review --local",
          "npx daemon-access estate review --changed-since origin/main --fail-on access",
        ),
      ),
    )
    .action(performs(review));
};

/** The document is made whether the previews went well or not. */
const review: Act<Options> = async (options, { progress, preview = productionPreview }) => {
  const { parallel, policyConfig, failOn, asOf = new Date() } = options;
  const stacks = await stacksOf(options);
  const previews = await previewStacks(stacks, {
    directory: process.cwd(),
    parallel,
    ...(policyConfig !== undefined && { policyConfig }),
    preview,
    progress,
  });
  const report = estateReportOf(previews, { failOn, asOf });
  return reported(report, options, progress);
};
