import { delimiter } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { policyPackPaths } from "../../../policy/run";
import { followPreview, type Following } from "../preview/follow";
import { UsageError } from "../../cli/failure";
import type { PreviewedEvents, PreviewRequest, PreviewSource } from "../preview/source";

/**
 * Previews the program as `pulumi preview` does: with the CLI on PATH, its backend, the stack's own settings and the
 * cloud credentials of the environment. The stack has to be there: a review makes none.
 */
export const productionPreview: PreviewSource = (request) => previewOfProduction(request);

/** The same. @param following how long its program may do nothing */
export async function previewOfProduction(request: PreviewRequest, following?: Following): Promise<PreviewedEvents> {
  const env = withPolicyRunner(process.env);
  request.progress(`Previewing stack ${request.stack} with its own providers.`);
  const stack = await LocalWorkspace.selectStack(
    { stackName: request.stack, workDir: request.project },
    { envVars: env },
  ).catch((error: unknown) => {
    throw new UsageError(
      `--stack: ${request.stack} can't be opened. ${error instanceof Error ? error.message : String(error)}\n` +
        "Sign in to the backend with `pulumi login`, and make the stack once with `pulumi stack init`; --local previews against local Azure.",
    );
  });
  return await followPreview(stack, request, process.env, following);
}

/** A CLI that comes without a runner for policy packs finds the pack's own. */
function withPolicyRunner({ PATH = "" }: NodeJS.ProcessEnv): Record<string, string> {
  return { PATH: [PATH, ...policyPackPaths().pathEntries].join(delimiter) };
}
