import type { Refusal } from "../checks/refusal";

/** What a daemon can prove its identity with, by the name of the argument that gives it. */
export const credentialKinds = ["secret", "certificate", "federated", "managedIdentity"] as const;
export type CredentialKind = (typeof credentialKinds)[number];

/** Arguments of which only matters which kinds they give. */
export type GivenKinds = { readonly [kind in CredentialKind]?: unknown };

/** The kinds that are given, in the order in which programs prefer them. */
export const kindsIn = (given: GivenKinds): CredentialKind[] =>
  credentialKinds.filter((kind) => given[kind] !== undefined);

const words: Readonly<Record<CredentialKind, string>> = {
  secret: "a client secret",
  certificate: "a certificate",
  federated: "federated credentials",
  managedIdentity: "a managed identity",
};

/** "a client secret and a certificate". */
export const kindsInWords = (kinds: readonly CredentialKind[], conjunction: "and" | "or"): string => {
  const all = kinds.map((kind) => words[kind]);
  const last = all.pop() ?? "";
  return all.length === 0 ? last : `${all.join(", ")} ${conjunction} ${last}`;
};

/** What is wrong with the kinds together, and the argument to change. */
export interface KindsProblem {
  readonly input: CredentialKind;
  readonly given: unknown;
  readonly refusal: Refusal;
}

/** Judges that there is a credential, and that a managed identity, which Azure keeps the credentials of, stands alone. */
export function kindsProblem(given: GivenKinds): KindsProblem | undefined {
  const kinds = kindsIn(given);
  if (kinds.length === 0) {
    const needed =
      "a credential: one or more of secret, certificate and federated, or managedIdentity and none of them";
    return {
      input: "secret",
      given: undefined,
      refusal: { needed, fix: "Write, for example, secret with a rotation." },
    };
  }
  if (!kinds.includes("managedIdentity") || kinds.length === 1) return undefined;
  const others = kinds.filter((kind) => kind !== "managedIdentity").join(", ");
  const needed = `managedIdentity without ${others}: Azure keeps a managed identity's credentials to itself`;
  return {
    input: "managedIdentity",
    given: given.managedIdentity,
    refusal: { needed, fix: `Remove managedIdentity, or ${others}.` },
  };
}
