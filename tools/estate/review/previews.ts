import { UsageError } from "../../cli/failure";
import type { Shell } from "../../cli/outcome";
import { checkedPolicyFile } from "../../policies/policyFile";
import type { PreviewedEvents, PreviewSource } from "../../review/preview/source";
import type { StackPreview } from "../../review/report/part";
import type { PlannedStack } from "../plan/plan";
import { performInOrder } from "../run/inOrder";
import { plannedOutputs, type PlannedOutputs, withPlannedPlatform } from "./plannedPlatform";

interface Means {
  readonly directory: string;
  readonly parallel: number;
  /** Configuration of the policies of all stacks. @default each stack's own */
  readonly policyConfig?: string;
  readonly preview: PreviewSource;
  readonly progress: Shell["progress"];
}

/**
 * Previews stacks side by side, a platform before the stacks that build on it, which are previewed on what it is to offer. One that
 * can't be previewed does not stop the others.
 *
 * @throws UsageError for a wrong policy configuration, before anything is previewed
 */
export async function previewStacks(stacks: readonly PlannedStack[], means: Means): Promise<StackPreview[]> {
  const { directory, parallel, preview, progress } = means;
  const policies = new Map(
    stacks.map(({ stack }) => [stack, checkedPolicyFile(directory, stack, means.policyConfig)] as const),
  );
  const previews = new Map<string, StackPreview>();
  const perform = async ({ stack }: { readonly stack: string }): Promise<{ readonly ok: true }> => {
    const planned = stacks.find((each) => each.stack === stack);
    if (planned === undefined) throw new Error(`There is no stack ${stack}.`);
    const request = { stack, project: directory, policyConfig: policies.get(stack), progress };
    const platform = outputsOf(previews.get(planned.platform ?? "")?.previewed);
    const previewing =
      platform === undefined
        ? preview(request)
        : withPlannedPlatform(directory, planned, platform, (settingsFile) => preview({ ...request, settingsFile }));
    const hint = hintFor(planned, platform);
    previews.set(stack, { stack, previewed: await previewing.catch(unopened), ...(hint !== undefined && { hint }) });
    return { ok: true };
  };
  const tasks = stacks.map(({ stack, platform }) => ({ stack, after: platform === undefined ? [] : [platform] }));
  await performInOrder(tasks, { parallel, perform, isStopped: () => false });
  return stacks.flatMap(({ stack }) => previews.get(stack) ?? []);
}

const outputsOf = (previewed: PreviewedEvents | undefined): PlannedOutputs | undefined =>
  previewed === undefined || previewed.failure !== undefined ? undefined : plannedOutputs(previewed.events);

/** A stack that can't be opened is one whose preview failed. */
function unopened(error: unknown): PreviewedEvents {
  if (!(error instanceof UsageError)) throw error;
  return { events: [], plan: undefined, failure: error.message, secrets: [] };
}

/** What may be missing where a stack's preview fails. */
function hintFor({ platform }: PlannedStack, planned: PlannedOutputs | undefined): string | undefined {
  const pending = planned?.pending ?? [];
  if (platform === undefined || pending.length === 0) return undefined;
  return `${platform} is still to make ${pending.join(", ")}. If the stack needs it, deploy ${platform} first.`;
}
