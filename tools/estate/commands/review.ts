import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddCommand } from "../../cli/frame";
import type { Act } from "../../cli/outcome";
import { examplesHelp, helpEnd } from "../../cli/sharedOptions";
import { moment, someOf } from "../../cli/values";
import type { PreviewSource } from "../../review/preview/source";
import type * as production from "../../review/production/productionPreview";
import { markdown } from "../../review/report/markdown";
import { estateReportOf } from "../../review/report/report";
import { stops, type Stop } from "../../review/report/verdict";
import { previewStacks } from "../review/previews";
import { changedSince, type StackOptions, stacksOf, withStackOptions } from "./stackOptions";

/** Loads a module at the moment it is needed: Pulumi's SDKs take longer to load than a wrong argument to tell. */
const later = createRequire(__filename);

interface Options extends StackOptions {
  readonly markdownFile?: string;
  readonly jsonFile?: string;
  readonly policyConfig?: string;
  readonly asOf?: Date;
  readonly failOn: readonly Stop[];
}

/** `estate review`. */
export const addReview: AddCommand = (program, performs) => {
  withStackOptions(program.command("review"))
    .summary("preview the stacks, and tell who gains or loses what access")
    .description(
      "Previews the stacks with the policy pack, side by side, and tells a reviewer in one document who gains or loses what access across all of them. A stack that builds on a platform is previewed on what the platform is to offer.",
    )
    .option(...changedSince)
    .option("--markdown-file <file>", "also write the Markdown there")
    .option("--json-file <file>", "also write the JSON document there")
    .option(
      "--policy-config <file>",
      "configuration of the policy pack, JSON (default: policy-config.<stack>.json, else policy-config.json)",
    )
    .option("--as-of <moment>", "the moment that dates are judged at, RFC 3339 (default: now)", moment)
    .option("--fail-on <what>", `end with 3 on any of ${stops.join(", ")}; repeatable`, someOf(stops), [])
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

const productionPreview: PreviewSource = (request) =>
  (later("../../review/production/productionPreview") as typeof production).productionPreview(request);

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
  const text = markdown(report);
  if (options.markdownFile !== undefined) writeFileSync(options.markdownFile, text);
  if (options.jsonFile !== undefined) writeFileSync(options.jsonFile, `${JSON.stringify(report, null, 2)}\n`);
  progress([report.verdict.level, ...report.verdict.reasons].join("; "));
  const { exitCode } = report.verdict;
  return { ok: exitCode === 0, exitCode, lines: [text], document: { ...report } };
};
