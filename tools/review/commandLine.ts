import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { UsageError, type PreviewSource } from "./preview/source";
import { markdown } from "./report/markdown";
import { reportOf } from "./report/report";
import { exitCodes, stops, type Stop } from "./report/verdict";

const examples = `
Examples:
  npm run preview:check -- --stack dev --local
  npm run preview:check -- --stack production --markdown review.md --json review.json --fail-on access

Exit code: 0 nothing to decide, or left to the reader; 1 a mandatory violation, or the preview failed;
2 wrong arguments; 3 something that --fail-on names.
`;

interface Options {
  readonly stack: string;
  readonly cwd: string;
  readonly markdown?: string;
  readonly json?: string;
  readonly policyConfig?: string;
  readonly asOf?: Date;
  readonly failOn: readonly Stop[];
}

/**
 * Runs the command line against one source of previews, and gives its exit code. The report is written whether the
 * preview went well or not.
 */
export async function review(argv: readonly string[], source: PreviewSource): Promise<number> {
  try {
    const options = parse(argv);
    const previewed = await source({
      stack: options.stack,
      project: resolve(options.cwd),
      policyConfig: options.policyConfig === undefined ? undefined : resolve(options.policyConfig),
      progress: (line) => process.stderr.write(`${line}\n`),
    });
    const { stack, failOn, asOf = new Date() } = options;
    const report = reportOf(previewed, { stack, failOn, asOf });
    const text = markdown(report);
    if (options.markdown === undefined) process.stdout.write(text);
    else writeFileSync(options.markdown, text);
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
    process.stderr.write(`${[report.verdict.level, ...report.verdict.reasons].join("; ")}\n`);
    return report.verdict.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n`);
      return exitCodes.usage;
    }
    throw error;
  }
}

function parse(argv: readonly string[]): Options {
  const command = new Command("preview:check")
    .usage("--stack <name> [options], as npm run preview:check -- …")
    .description("Previews a stack with the policy pack, and tells a reviewer who gains or loses what access.")
    .requiredOption("--stack <name>", "the stack, as in Pulumi.<name>.yaml")
    .option("--local", "preview against local Azure instead of production")
    .option("--cwd <directory>", "where Pulumi.yaml lies", process.cwd())
    .option("--markdown <file>", "write the summary there instead of to standard output")
    .option("--json <file>", "also write the report for machines")
    .option("--policy-config <file>", "configuration of the policy pack, JSON")
    .option("--as-of <moment>", "the moment that dates are judged at, RFC 3339 with a zone (default: now)", moment)
    .option("--fail-on <what>", `end with 3 on any of ${stops.join(", ")}; repeatable, or with commas`, stop, [])
    .addHelpText("after", examples)
    .allowExcessArguments(false)
    .exitOverride();
  const options = command.parse([...argv], { from: "user" }).opts<Options>();
  if (!existsSync(join(options.cwd, "Pulumi.yaml"))) {
    throw new UsageError(`--cwd: there is no Pulumi.yaml in ${resolve(options.cwd)}. Name the program's directory.`);
  }
  return options;
}

function moment(text: string): Date {
  const date = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError('Give a date with its time and zone, for example "2030-01-31T00:00:00Z".');
  }
  return date;
}

function stop(text: string, before: readonly Stop[]): Stop[] {
  const given = text.split(",").map((word) => word.trim());
  return [
    ...before,
    ...given.map((word) => {
      const known = stops.find((each) => each === word);
      if (known === undefined) throw new InvalidArgumentError(`Give ${stops.join(", ")}.`);
      return known;
    }),
  ];
}
