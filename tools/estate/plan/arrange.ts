import { didYouMean } from "../../../components/checks/nearest";
import type { StackSettings } from "./settingsFiles";

/** "platform" has what others build on, "team" builds on one, "single" stands alone. */
export type StackKind = "platform" | "team" | "single";

export interface ArrangedStack extends StackSettings {
  readonly kind: StackKind;
  /** The stack of this project that it builds on. A platform of another project is not this estate's to run. */
  readonly platform: string | undefined;
}

interface Arranged {
  /** Platforms first, then by name. */
  readonly stacks: readonly ArrangedStack[];
  /** A line for each, with file and line number. */
  readonly problems: readonly string[];
}

/** Tells what builds on what. */
export function arrange(settings: readonly StackSettings[], project: string): Arranged {
  const byName = new Map(settings.map((each) => [each.stack, each]));
  const problems: string[] = [];
  const stacks = settings.map((each) => {
    const platform = each.platformStack && ownStack(each.platformStack.stack, project);
    if (platform !== undefined) problems.push(...problemsOf(each, platform, byName));
    return { ...each, kind: kindOf(each), platform };
  });
  return { stacks: stacks.sort(inOrder), problems };
}

const kindOf = ({ isPlatform, platformStack }: StackSettings): StackKind =>
  platformStack ? "team" : isPlatform ? "platform" : "single";

const inOrder = (one: ArrangedStack, other: ArrangedStack): number =>
  Number(other.kind === "platform") - Number(one.kind === "platform") || (one.stack < other.stack ? -1 : 1);

/** The name in this project; undefined for a stack of another. */
function ownStack(fullName: string, project: string): string | undefined {
  const parts = fullName.split("/");
  const own = parts.length < 3 || parts[1] === project;
  return own ? parts.at(-1) : undefined;
}

function problemsOf(
  { stack, file, platformStack }: StackSettings,
  platform: string,
  byName: ReadonlyMap<string, StackSettings>,
): string[] {
  const tell = (text: string): string[] => [`${file}:${platformStack?.line ?? 1}: platformStack.stack: ${text}`];
  const target = byName.get(platform);
  if (!target) {
    const platforms = [...byName.values()].filter((each) => each.isPlatform).map((each) => each.stack);
    const otherwise = `Write its settings into Pulumi.${platform}.yaml, or name one of: ${platforms.join(", ") || "none"}.`;
    return tell(`there is no stack ${platform} in this project. ${didYouMean(platform, platforms, otherwise)}`);
  }
  if (leadsBack(stack, byName)) {
    return tell(
      `${stack} builds on itself through ${platform}. Remove platformStack from the one that is the platform.`,
    );
  }
  if (target.platformStack) {
    return tell(`${platform} is a team's stack, which nothing can build on. Name a platform stack.`);
  }
  if (target.isPlatform) return [];
  return tell(`${platform} is not a platform stack. Add platform to ${target.file}, or name another stack.`);
}

/** Whether a chain of platform stacks comes to the stack again. */
function leadsBack(stack: string, byName: ReadonlyMap<string, StackSettings>): boolean {
  const seen = new Set<string>();
  let next = byName.get(stack)?.platformStack?.stack.split("/").at(-1);
  while (next !== undefined && !seen.has(next)) {
    if (next === stack) return true;
    seen.add(next);
    next = byName.get(next)?.platformStack?.stack.split("/").at(-1);
  }
  return false;
}
