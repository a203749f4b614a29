import { basename } from "node:path";
import type { AddCommand } from "../cli/frame";
import type { Act } from "../cli/outcome";
import { examplesHelp, helpEnd, withSharedOptions } from "../cli/sharedOptions";
import { moment } from "../cli/values";
import { policyFileOf, readPolicyFile } from "./policyFile";
import { waiverStates, type WaiverState } from "./waiverStates";

interface Options {
  readonly stack: string;
  readonly at?: Date;
}

/** `daemon-access policies`. */
export const addPolicies: AddCommand = (program, performs) => {
  withSharedOptions(program.command("policies"), "required")
    .summary("check the policy configuration of a stack, and list its waivers")
    .description(
      "Checks the committed policy configuration of a stack, policy-config.<stack>.json or else policy-config.json, and lists its waivers: which hold, which end soon, which have ended. The waivers that components declare in code are in `daemon-access review` and `daemon-access report`.",
    )
    .option("--at <moment>", "judge dates as of this moment, RFC 3339 (default: now)", moment)
    .addHelpText("after", helpEnd(examplesHelp("npx daemon-access policies --stack dev")))
    .action(performs(policies));
};

/** Ended waivers are for the rules to judge: they stop the run that they would have let through. */
const policies: Act<Options> = ({ stack, at = new Date() }) => {
  const path = policyFileOf(process.cwd(), stack);
  if (path === undefined) {
    const line = `Stack ${stack} has no policy configuration: every rule has its own level and settings.`;
    return Promise.resolve({ ok: true, lines: [line], document: { file: null, waivers: [] } });
  }
  const waivers = waiverStates(readPolicyFile(path), at);
  const file = basename(path);
  return Promise.resolve({
    ok: true,
    lines: [`${file} is in order; ${counted(waivers.length)}.`, ...waivers.map(line)],
    document: { file, waivers },
  });
};

const counted = (count: number): string => (count === 1 ? "1 waiver" : `${count} waivers`);

function line({ rule, resource, reason, expires, state, daysLeft }: WaiverState): string {
  const left = state === "ends soon" ? ` (${daysLeft === 1 ? "1 day" : `${daysLeft} days`} left)` : "";
  return `${state}: ${rule} on ${resource} until ${expires}${left}: ${reason}`;
}
