import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from "jose";
import {
  audienceUnmatched,
  federatedSignatureWrong,
  issuerUnmatched,
  issuerUnreachable,
  letterCaseUnmatched,
  subjectUnmatched,
} from "../assertionErrors";
import type { FederatedCredentialRecord } from "../records";
import type { Assertion } from "./assertion";
import { checkTime } from "./certificateAssertion";
import type { SigningClient } from "./signingClient";

/** Finds the public keys of a token issuer; undefined where it can't be reached. */
export type IssuerKeys = (issuer: string) => Promise<JSONWebKeySet | undefined>;

const algorithms = ["RS256", "PS256", "ES256"];

/** Names of one audience: what a credential says, and what Entra's own tokens for it say. */
const tokenExchange = { name: "api://AzureADTokenExchange", appId: "fb60f99c-7a34-4190-8149-302f77469936" };

/**
 * Checks an assertion of another issuer against the client's federated identity credentials.
 * @throws SignInRefused
 */
export async function checkFederatedAssertion(
  assertion: Assertion,
  client: SigningClient,
  issuerKeys: IssuerKeys,
  now: Date,
): Promise<void> {
  checkMatch(assertion, client.federatedCredentials);
  const issuer = assertion.claims.iss ?? "";
  const keys = await issuerKeys(issuer);
  if (keys === undefined) {
    throw issuerUnreachable(issuer);
  }
  try {
    await compactVerify(assertion.text, createLocalJWKSet(keys), { algorithms });
  } catch {
    throw federatedSignatureWrong();
  }
  checkTime(assertion.claims, now);
}

function checkMatch({ claims }: Assertion, credentials: readonly FederatedCredentialRecord[]): void {
  const presented = {
    issuer: claims.iss ?? "",
    subject: claims.sub ?? "",
    audiences: (claims.aud ?? []).map((audience) => (audience === tokenExchange.appId ? tokenExchange.name : audience)),
  };
  const fits = (fold: (text: string) => string, parts: readonly ("issuer" | "subject" | "audience")[]): boolean =>
    credentials.some((credential) =>
      parts.every((part) =>
        part === "audience"
          ? credential.audiences.some((known) => presented.audiences.some((audience) => fold(audience) === fold(known)))
          : fold(credential[part]) === fold(presented[part]),
      ),
    );
  const exact = (text: string): string => text;
  const folded = (text: string): string => text.toLowerCase();
  if (fits(exact, ["issuer", "subject", "audience"])) {
    return;
  }
  if (fits(folded, ["issuer", "subject", "audience"])) {
    throw letterCaseUnmatched(presented.subject);
  }
  if (!fits(exact, ["issuer"])) {
    throw issuerUnmatched(presented.issuer);
  }
  throw fits(exact, ["issuer", "subject"])
    ? audienceUnmatched((claims.aud ?? []).join(", "))
    : subjectUnmatched(presented.subject);
}
