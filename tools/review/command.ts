import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { UsageError } from "../cli/failure";
import type { AddCommand } from "../cli/frame";
import type { Act } from "../cli/outcome";
import { examplesHelp, helpEnd, withSharedOptions } from "../cli/sharedOptions";
import { moment, someOf } from "../cli/values";
import { checkedPolicyFile } from "../policies/policyFile";
import type { PreviewSource } from "./preview/source";
import type * as production from "./production/productionPreview";
import { markdown } from "./report/markdown";
import { reportOf } from "./report/report";
import { stops, type Stop } from "./report/verdict";

/** Loads a module at the moment it is needed: Pulumi's SDKs take longer to load than a wrong argument to tell. */
const later = createRequire(__filename);

interface Options {
  readonly stack: string;
  readonly markdownFile?: string;
  readonly jsonFile?: string;
  readonly policyConfig?: string;
  readonly asOf?: Date;
  readonly failOn: readonly Stop[];
}

export const addReview: AddCommand = (program, performs) => {
  withSharedOptions(program.command("review"), "required")
    .summary("preview a change, and tell who gains or loses what access")
    .description(
      "Previews a stack with the policy pack, and tells a reviewer in Markdown who gains or loses what access.",
    )
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
          "npx daemon-access review --stack dev --local",
          "npx daemon-access review --stack production --fail-on access",
        ),
      ),
    )
    .action(performs(review));
};

const productionPreview: PreviewSource = (request) =>
  (later("./production/productionPreview") as typeof production).productionPreview(request);

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
  const text = markdown(report);
  if (options.markdownFile !== undefined) writeFileSync(options.markdownFile, text);
  if (options.jsonFile !== undefined) writeFileSync(options.jsonFile, `${JSON.stringify(report, null, 2)}\n`);
  progress([report.verdict.level, ...report.verdict.reasons].join("; "));
  if (!report.preview.ok) {
    progress(`To look for the cause: ${previewed.doctor ?? `npx daemon-access doctor --stack ${stack}`}`);
  }
  const { exitCode } = report.verdict;
  return { ok: exitCode === 0, exitCode, lines: [text], document: { ...report } };
};
