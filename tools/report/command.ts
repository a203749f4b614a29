import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { UsageError } from "../cli/failure";
import type { AddCommand } from "../cli/frame";
import type { Act } from "../cli/outcome";
import { examplesHelp, helpEnd, withSharedOptions } from "../cli/sharedOptions";
import { moment, repeated } from "../cli/values";
import type * as production from "../review/production/productionPreview";
import type { PreviewSource } from "../review/preview/source";
import { htmlDocument } from "./html/document";
import { pageParts } from "./html/pageParts";
import { accessReportOf } from "./model/accessReport";
import { sourcesOf, type Wanted } from "./source/sources";
import { DEFAULT_NAMES_FILE, knownNames, lookUp } from "./source/names";
import { namelessIds } from "./source/lookedUpNames";
import { readVerifyRun } from "./source/verifyRun";
import type { AccessReport } from "./model/schema";
import type { KnownNames } from "./model/sources";
import { summary } from "./summary";

/** Loads a module at the moment it is needed: Pulumi's SDKs take longer to load than a wrong argument to tell. */
const later = createRequire(__filename);

const DEFAULT_FILE = "access-report.html";

interface Options extends Wanted {
  readonly file: string;
  readonly verifyFile?: string;
  readonly namesFile?: string;
  readonly lookUpNames: boolean;
  readonly asOf?: Date;
}

export const addReport: AddCommand = (program, performs) => {
  withSharedOptions(program.command("report"), "none")
    .summary("write an HTML page of who can reach what, and what expires when")
    .description(
      "Writes one HTML file about the access that stacks give: a map of who reaches what and by which grant, a timeline of the credentials, and with --preview who gains or loses what. The file needs no network.",
    )
    .option("--stack <name>", "a stack, by its state; repeatable", repeated)
    .option("--estate", "all stacks that have settings beside Pulumi.yaml", false)
    .option("--state-file <file>", "output of `pulumi stack export`; repeatable", repeated)
    .option("--preview", "preview the stack with the policy pack, and show before and after", false)
    .option("--policy-config <file>", "configuration of the policy pack, for --preview and for its waivers")
    .option("--verify-file <file>", "output of `daemon-access verify --json`, to show with the credentials")
    .option("--look-up-names", "look names up in Microsoft Graph, as the signed-in identity, and keep them", false)
    .option(
      "--names-file <file>",
      `names by ID: JSON, { "<ID>": "<name>" }; also where --look-up-names keeps them (default: ${DEFAULT_NAMES_FILE})`,
    )
    .option("--file <file>", "the file to write", DEFAULT_FILE)
    .option("--as-of <moment>", "judge dates as of this moment, RFC 3339 (default: now)", moment)
    .addHelpText(
      "after",
      helpEnd(
        examplesHelp(
          "npx daemon-access report --stack dev --local",
          "npx daemon-access report --stack production --preview",
          "npx daemon-access report --estate --look-up-names",
          "npx daemon-access report --state-file a.json --state-file b.json",
        ),
      ),
    )
    .action(performs(report));
};

const productionPreview: PreviewSource = (request) =>
  (later("../review/production/productionPreview") as typeof production).productionPreview(request);

const report: Act<Options> = async (options, { progress, preview = productionPreview }) => {
  const { stack = [], stateFile = [], asOf = new Date() } = options;
  if (stack.length + stateFile.length === 0 && !options.estate) {
    throw new UsageError("Name what the report is about: --stack <name>, --estate, or --state-file <file>.");
  }
  const verify = options.verifyFile === undefined ? null : readVerifyRun(options.verifyFile);
  const known = knownNames(options);
  const { sources, secrets } = await sourcesOf(options, { asOf, preview, progress });
  const reportWith = (names: KnownNames): AccessReport => accessReportOf(sources, { asOf, names, verify, secrets });
  const first = reportWith(known);
  const document = options.lookUpNames ? reportWith(await lookUp(namelessIds(first), known, options, progress)) : first;
  const html = htmlDocument(document, pageParts());
  const file = resolve(options.file);
  writeFileSync(file, html);
  return { ok: true, lines: [...summary(document), `Open ${file}`], document: { file, ...document } };
};
