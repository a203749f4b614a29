import { type Check, write } from "../checks/refusal";

const https =
  (needed: string, path: RegExp, example: string): Check =>
  (value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    const isRight = url?.protocol === "https:" && url.search === "" && path.test(url.pathname);
    return isRight ? undefined : { needed, fix: write(example) };
  };

export const endpoint = https(
  "an https:// address with nothing after its host",
  /^\/$/,
  "https://kv-daemons.vault.azure.net/",
);

export const secretUri = https(
  "the URI of a Key Vault secret without a version",
  /^\/secrets\/[A-Za-z0-9-]{1,127}$/,
  "https://kv-daemons.vault.azure.net/secrets/forecast-loader-credential",
);

/** Its query names the application. */
export const consentPage: Check = (value) =>
  URL.canParse(value) && new URL(value).protocol === "https:"
    ? undefined
    : { needed: "an https:// address", fix: write("https://login.microsoftonline.com/") };

export const stackName: Check = (value) =>
  /^[\w.-]+\/[\w.-]+\/[\w.-]+$/.test(value)
    ? undefined
    : {
        needed: "a stack's full name, <organization>/<project>/<stack>",
        fix: `${write("organization/azure-daemon-access/dev")} On a self-managed backend the organization is always "organization".`,
      };
