import { rules } from "../../policy/rules";
import { both, set, without } from "./support/change";
import { compliant, inDays } from "./support/compliant";
import { findOn, fixed } from "./support/findings";

const brokenAccount = both(
  without("minimumTlsVersion"),
  set("allowBlobPublicAccess", true),
  set("enableHttpsTrafficOnly", false),
)(compliant.account);

it("fixes only what can neither lose data nor lock anyone out", () => {
  expect(rules.filter(({ fixes }) => fixes).map(({ text }) => text.name)).toEqual([
    "secret-has-expiry",
    "storage-https-only",
    "storage-tls-version",
    "storage-no-public-blobs",
    "container-not-public",
  ]);
});

it("sets TLS 1.2, encrypted connections and no public blobs on a storage account", () => {
  const props = fixed(brokenAccount);
  expect(props).toMatchObject({
    minimumTlsVersion: "TLS1_2",
    allowBlobPublicAccess: false,
    enableHttpsTrafficOnly: true,
  });
  expect(findOn({ ...brokenAccount, props })).toEqual([]);
});

it("leaves TLS 1.3 as it is", () => {
  expect(fixed(set("minimumTlsVersion", "TLS1_3")(compliant.account))["minimumTlsVersion"]).toBe("TLS1_3");
});

it("closes a public container", () => {
  expect(fixed(set("publicAccess", "Container")(compliant.container))["publicAccess"]).toBe("None");
});

it("gives a secret the expiry that the team has set for such, and none of its own", () => {
  const endless = without("properties.attributes")(compliant.secret);
  expect(fixed(endless)["properties"]).not.toHaveProperty("attributes.expires");

  const remediationExpiry = inDays(30);
  expect(fixed(endless, { "secret-has-expiry": { remediationExpiry } })["properties"]).toMatchObject({
    attributes: { expires: Math.floor(Date.parse(remediationExpiry) / 1000) },
  });
});

it("keeps the expiry that a secret has", () => {
  const before = compliant.secret.props.properties.attributes.expires;
  const after = fixed(compliant.secret, { "secret-has-expiry": { remediationExpiry: inDays(30) } });
  expect(after["properties"]).toMatchObject({ attributes: { expires: before } });
});
