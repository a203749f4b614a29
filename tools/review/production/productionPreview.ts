import { delimiter } from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { policyPackPaths } from "../../../policy/run";
import { UsageError } from "../../cli/failure";
import type { Bounds } from "../../engine/boundedEngine";
import { ownProgramPath } from "../../program/programPath";
import { followPreview } from "../preview/follow";
import { PreviewEngine } from "./previewEngine";
import type { PreviewedEvents, PreviewRequest, PreviewSource } from "../preview/source";

/**
 * Previews the program as `pulumi preview` does: with the CLI on PATH, its backend, the stack's own settings and the
 * cloud credentials of the environment. The stack has to be there: a review makes none.
 */
export const productionPreview: PreviewSource = (request) => previewOfProduction(request);

/** The same. @param bounds how long its program and the engine may do nothing */
export async function previewOfProduction(request: PreviewRequest, bounds: Bounds = {}): Promise<PreviewedEvents> {
  ownProgramPath(request.project);
  const env = withPolicyRunner(process.env);
  request.progress(`Previewing stack ${request.stack} with its own providers.`);
  const stack = await open(request, env, bounds).catch((error: unknown) => {
    throw new UsageError(
      `--stack: ${request.stack} can't be opened. ${error instanceof Error ? error.message : String(error)}\n` +
        "Sign in to the backend with `pulumi login`, and make the stack once with `pulumi stack init`; --local previews against local Azure.",
    );
  });
  return await followPreview(stack, request, process.env, bounds);
}

async function open(
  { stack: stackName, project: workDir }: PreviewRequest,
  envVars: Record<string, string>,
  bounds: Bounds,
): Promise<Stack> {
  const pulumiCommand = await PreviewEngine.onPath(bounds);
  // The API only ever calls the methods that PreviewEngine has.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  return await LocalWorkspace.selectStack({ stackName, workDir }, { envVars, pulumiCommand });
}

/** A CLI that comes without a runner for policy packs finds the pack's own. */
function withPolicyRunner({ PATH = "" }: NodeJS.ProcessEnv): Record<string, string> {
  return { PATH: [PATH, ...policyPackPaths().pathEntries].join(delimiter) };
}
