import { absoluteDate, daysBetween, fromUnixSeconds } from "../../rule/dates";
import { applicationCertificate, applicationPassword, vaultSecret } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

/** A credential's end and its secret's expiry may differ by this much, as one is written in whole seconds. */
const toleranceDays = 1;

export const secretMatchesCredential = stackRule({
  name: "secret-matches-credential",
  what: "A secret in a key vault expires no later than the credential it holds",
  why: "A reader trusts the secret's expiry; a credential that ends before it fails without warning.",
  fix: "set properties.attributes.expires from the credential's endDate",
  source: [],
  severity: "high",
  level: "mandatory",
  check(stack) {
    for (const secret of stack.resources(vaultSecret)) {
      const ends = secret
        .sources("properties", applicationPassword, applicationCertificate)
        .map((credential) => (credential.pending("endDate") ? undefined : absoluteDate(credential.text("endDate"))))
        .filter((date) => date !== undefined);
      if (ends.length === 0 || secret.pending("properties.attributes.expires")) continue;

      const end = new Date(Math.max(...ends.map((date) => date.getTime())));
      const expires = fromUnixSeconds(secret.number("properties.attributes.expires"));
      if (expires !== undefined && daysBetween(end, expires) > toleranceDays)
        secret.report(
          `it expires ${expires.toISOString().slice(0, 10)}, and its credential ends ${end.toISOString().slice(0, 10)}`,
        );
    }
  },
});
