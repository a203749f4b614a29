import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Command } from "commander";
import type { Outcome } from "../cli/outcome";
import { moment, someOf } from "../cli/values";
import type { PreviewSource } from "./preview/source";
import type * as production from "./production/productionPreview";
import { markdown } from "./report/markdown";
import type { Report } from "./report/schema";
import { stops, type Stop } from "./report/verdict";

/** Loads a module at the moment it is needed: Pulumi's SDKs take longer to load than a wrong argument to tell. */
const later = createRequire(__filename);

/** What every review takes. */
export interface ReviewOptions {
  readonly markdownFile?: string;
  readonly jsonFile?: string;
  readonly policyConfig?: string;
  readonly asOf?: Date;
  readonly failOn: readonly Stop[];
}

/** Adds the options of {@link ReviewOptions}. */
export const withReviewOptions = (command: Command): Command =>
  command
    .option("--markdown-file <file>", "also write the Markdown there")
    .option("--json-file <file>", "also write the JSON document there")
    .option(
      "--policy-config <file>",
      "configuration of the policy pack, JSON (default: policy-config.<stack>.json, else policy-config.json)",
    )
    .option("--as-of <moment>", "judge dates as of this moment, RFC 3339 (default: now)", moment)
    .option(
      "--fail-on <what>",
      `exit with 3 if the change has any of ${stops.join(", ")}; repeatable`,
      someOf(stops),
      [],
    );

/** What a review previews with, where nothing else is given. */
export const productionPreview: PreviewSource = (request) =>
  (later("./production/productionPreview") as typeof production).productionPreview(request);

/**
 * Writes a report where the options name files, and tells its verdict.
 *
 * @returns what the command did
 */
export function reported(
  report: Report,
  { markdownFile, jsonFile }: Pick<ReviewOptions, "markdownFile" | "jsonFile">,
  progress: (line: string) => void,
): Outcome {
  const text = markdown(report);
  if (markdownFile !== undefined) writeFileSync(markdownFile, text);
  if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify(report, null, 2)}\n`);
  progress([report.verdict.level, ...report.verdict.reasons].join("; "));
  const { exitCode } = report.verdict;
  return { ok: exitCode === 0, exitCode, lines: [text], document: { ...report } };
}
