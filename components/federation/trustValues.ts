import { isGuid } from "../checks/identifiers";
import { type Check, type Refusal, write } from "../checks/refusal";

/** Microsoft Entra ID's limits. */
export const MOST_TRUSTS = 20;
const LONGEST = 600;
const LONGEST_NAME = 120;

const matching =
  (pattern: RegExp, needed: string, example: string): Check =>
  (value) =>
    pattern.test(value) ? undefined : { needed, fix: write(example) };

export const trustName = matching(
  new RegExp(`^[A-Za-z0-9][A-Za-z0-9_-]{2,${LONGEST_NAME - 1}}$`),
  `3 to ${LONGEST_NAME} letters, digits, hyphens and underscores, a letter or digit first`,
  "main-branch",
);

/** Microsoft Entra ID compares letter by letter, so what differs invisibly is refused here. */
export const issuer: Check = (value) => {
  const needed = `an issuer: an https:// address of at most ${LONGEST} characters, exactly as the token's iss has it`;
  if (value.trim() !== value) return { needed, fix: "Remove the spaces at its ends." };
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isAddress = url?.protocol === "https:" && url.search === "" && url.hash === "" && url.username === "";
  if (!isAddress || /\s/.test(value) || value.length > LONGEST) {
    return { needed, fix: write("https://token.actions.githubusercontent.com") };
  }
  return value.includes("*") ? wildcard("issuer") : undefined;
};

export const subject: Check = (value) => {
  const needed = `a subject of 1 to ${LONGEST} characters, exactly as the token's sub has it`;
  if (value.trim() !== value) return { needed, fix: "Remove the spaces at its ends." };
  if (value === "" || value.length > LONGEST) return { needed, fix: write("system:serviceaccount:forecasting:loader") };
  return value.includes("*") ? wildcard("subject") : undefined;
};

export const audience: Check = (value) =>
  value !== "" && value.trim() === value && value.length <= LONGEST && !value.includes("*")
    ? undefined
    : { needed: `an audience of 1 to ${LONGEST} characters, exactly`, fix: write("api://AzureADTokenExchange") };

/** What a trust is for. */
export const description: Check = (value) =>
  value.length >= 1 && value.length <= LONGEST
    ? undefined
    : { needed: `a text of 1 to ${LONGEST} characters`, fix: write("Nightly runs") };

export const gitHubRepository: Check = (value) => {
  const needed = "an owner and a repository's name, in the letter case that GitHub shows";
  if (value.includes("*")) return wildcard("repository");
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}\/[A-Za-z0-9._-]{1,100}$/.test(value)
    ? undefined
    : { needed, fix: write("contoso/forecasts") };
};

/** A branch or a tag, by the name that `git` shows. */
const gitName =
  (what: string, prefix: string, example: string): Check =>
  (value) => {
    const needed = `a ${what} by its name`;
    if (value.includes("*")) return wildcard(what);
    if (value.startsWith("refs/")) {
      const bare = value.startsWith(prefix) ? value.slice(prefix.length) : example;
      return { needed, fix: `Write it without ${prefix}: ${JSON.stringify(bare)}.` };
    }
    return /^(?!\/)[^\s~^:?[\\]{1,255}(?<!\/)$/.test(value) && !value.includes("..")
      ? undefined
      : { needed, fix: write(example) };
  };

export const gitHubBranch = gitName("branch", "refs/heads/", "main");
export const gitHubTag = gitName("tag", "refs/tags/", "v1.2.0");

export const gitHubEnvironment: Check = (value) => {
  if (value.includes("*")) return wildcard("environment");
  return value !== "" && value.trim() === value && value.length <= 255
    ? undefined
    : { needed: "an environment by its name, 1 to 255 characters", fix: write("production") };
};

/** The number that GitHub's API gives as `id`. */
export const gitHubId: Check<number> = (value) =>
  Number.isSafeInteger(value) && value > 0
    ? undefined
    : { needed: "a number from 1 up, the id of GitHub's API", fix: "Write, for example, 123456." };

export const pullRequest: Check<boolean> = (value) =>
  value ? undefined : { needed: "true, or nothing", fix: "Remove it." };

const guid =
  (needed: string): Check =>
  (value) =>
    isGuid(value) ? undefined : { needed, fix: write("0ca3ddd9-f0b0-4635-a98c-5866526961b6") };

export const organizationId = guid("an Azure DevOps organization's ID, which is a GUID");
export const serviceConnectionId = guid("a service connection's ID, which is a GUID");

export const serviceConnection: Check = (value) => {
  if (value.includes("*")) return wildcard("service connection");
  return /^[^/\s][^/]*\/[^/]+\/[^/]*[^/\s]$/.test(value) && value.length <= LONGEST - "sc://".length
    ? undefined
    : { needed: "an organization, a project and a service connection by name", fix: write("contoso/Forecasts/azure") };
};

export const namespace = matching(
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  "a namespace: 1 to 63 lowercase letters, digits and hyphens, exactly as Kubernetes has it",
  "forecasting",
);

export const serviceAccount = matching(
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/,
  "a service account: lowercase letters, digits, hyphens and points, exactly as Kubernetes has it",
  "loader",
);

/** A star means nothing to Microsoft Entra ID but itself, so such a credential would never match. */
function wildcard(what: string): Refusal {
  return {
    needed: `one ${what}, spelt out: Microsoft Entra ID takes * for itself, not for any characters`,
    fix: "Give each workload a trust of its own.",
  };
}
