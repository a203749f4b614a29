import type { Refusal } from "../checks/refusal";
import { MOST_TRUSTS } from "./trustValues";

/** What is wrong about one trust, or about several together: the path below the list, and what to write. */
export interface TrustProblem {
  /** As `[0].gitHub.branch`. */
  readonly path: string;
  readonly given: unknown;
  readonly refusal: Refusal;
}

/** A trust as far as its parts relate to each other, whatever else is in them. */
export interface LooseTrust {
  readonly name?: unknown;
  readonly formerName?: unknown;
  readonly gitHub?: {
    readonly branch?: unknown;
    readonly tag?: unknown;
    readonly environment?: unknown;
    readonly pullRequest?: unknown;
    readonly ownerId?: unknown;
    readonly repositoryId?: unknown;
  };
  readonly azureDevOps?: { readonly serviceConnectionId?: unknown; readonly serviceConnection?: unknown };
  readonly kubernetes?: unknown;
  readonly managedIdentity?: unknown;
  readonly custom?: unknown;
}

export const workloadKinds = ["gitHub", "azureDevOps", "kubernetes", "managedIdentity", "custom"] as const;
const gitHubRefs = ["branch", "tag", "environment", "pullRequest"] as const;
const connections = ["serviceConnectionId", "serviceConnection"] as const;

/** Every problem between the parts of trusts. */
export function trustRelations(trusts: readonly LooseTrust[]): TrustProblem[] {
  const problems: TrustProblem[] = [];
  if (trusts.length > MOST_TRUSTS) {
    const needed = `at most ${MOST_TRUSTS} trusts, which is what Microsoft Entra ID takes for one identity`;
    problems.push({ path: "", given: trusts, refusal: { needed, fix: "Give others a daemon of their own." } });
  }
  const names = trusts.map(({ name }) => name);
  trusts.forEach((trust, index) => {
    const at = `[${index}]`;
    if (typeof trust.name === "string" && names.indexOf(trust.name) !== index) {
      const refusal = { needed: "a name that no other trust has", fix: "Change one of them." };
      problems.push({ path: `${at}.name`, given: trust.name, refusal });
    }
    problems.push(...formerNameOf(at, trust.formerName, names, trusts.slice(0, index)));
    problems.push(...exactlyOne(at, trust, workloadKinds));
    if (trust.gitHub) problems.push(...gitHubRelations(`${at}.gitHub`, trust.gitHub));
    if (trust.azureDevOps) problems.push(...exactlyOne(`${at}.azureDevOps`, trust.azureDevOps, connections));
  });
  return problems;
}

/** A former name is one that no trust has any more, and that one of them had. */
function formerNameOf(
  at: string,
  given: unknown,
  names: readonly unknown[],
  before: readonly LooseTrust[],
): TrustProblem[] {
  if (given === undefined) return [];
  const isTaken = names.includes(given) || before.some(({ formerName }) => formerName === given);
  return isTaken ? [{ path: `${at}.formerName`, given, refusal: FORMER_NAME }] : [];
}

const FORMER_NAME: Refusal = {
  needed: "the one name that the trust had before, which no trust has now",
  fix: "Correct it, or remove it if the trust already has its new name.",
};

function gitHubRelations(path: string, gitHub: NonNullable<LooseTrust["gitHub"]>): TrustProblem[] {
  const { ownerId, repositoryId } = gitHub;
  const problems = exactlyOne(path, gitHub, gitHubRefs);
  if ((ownerId === undefined) !== (repositoryId === undefined)) {
    const missing = ownerId === undefined ? "ownerId" : "repositoryId";
    const refusal = {
      needed: "both ownerId and repositoryId, or neither",
      fix: `Write ${missing} too: \`gh api repos/<owner>/<name>\` prints both.`,
    };
    problems.push({ path: `${path}.${missing}`, given: undefined, refusal });
  }
  return problems;
}

function exactlyOne<T extends object>(path: string, object: T, names: readonly (keyof T & string)[]): TrustProblem[] {
  const present = names.filter((name) => object[name] !== undefined);
  if (present.length === 1) return [];
  const needed = `exactly one of ${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
  const fix = present.length === 0 ? "Write the one that fits." : `Remove all but one of ${present.join(", ")}.`;
  return [{ path, given: present.length === 0 ? undefined : object, refusal: { needed, fix } }];
}
