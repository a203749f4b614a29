import type { Properties } from "../../rule/properties";
import { vaultSecret } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { optionalMoment } from "../../rule/settings";

const settings = {
  remediationExpiry: optionalMoment(
    "The expiry that is set where none is, if the rule's level is remediate. Default: none is set.",
  ),
};

/**
 * A credential of version 2 of the contract without dates tells of federated credentials, or of a managed identity: IDs and
 * addresses, and nothing that could end.
 */
const holdsNothingSecret = (secret: Pick<Properties, "text">): boolean =>
  secret.text("tags.managed-by") === "azure-daemon-access" && secret.text("tags.contract") === "2";

export const secretHasExpiry = rule({
  name: "secret-has-expiry",
  on: vaultSecret,
  what: "A secret in a key vault has an expiry",
  why: "A secret without an expiry outlives the job it was made for.",
  fix: "set properties.attributes.expires, in seconds since 1970",
  source: [
    "CKV_AZURE_41",
    "AZU-0017",
    "KICS cff9c3f7-e8f0-455f-9fb4-5f72326da96e",
    "KICS dfa20ffa-f476-428f-a490-424b41e91c7f",
    "Azure Policy 98728c90-32c7-4049-8429-847dc0f4fe37",
  ],
  severity: "high",
  level: "mandatory",
  settings,
  check(secret, report) {
    if (!secret.has("properties.attributes.expires") && !holdsNothingSecret(secret))
      report("properties.attributes.expires is not set");
  },
  remediate(inputs, { remediationExpiry }) {
    const properties = inputs["properties"] as Record<string, unknown> | undefined;
    if (remediationExpiry === undefined || properties === undefined) return;
    const attributes = (properties["attributes"] ?? {}) as Record<string, unknown>;
    attributes["expires"] ??= Math.floor(remediationExpiry.getTime() / 1000);
    properties["attributes"] = attributes;
  },
});
