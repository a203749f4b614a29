import { applicationPassword } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const clientSecretPreferFederation = rule({
  name: "client-secret-last-resort",
  on: applicationPassword,
  what: "Federation and certificates come before client secrets",
  why: "A credential that does not exist can't leak.",
  fix: "trust the token that the daemon's platform gives it, with an ApplicationFederatedIdentityCredential",
  setting: "daemons[].federated",
  source: ["MS.AAD.5.5v1", "MCSB IM-3", "MCSB IM-8"],
  severity: "low",
  level: "advisory",
  check(_secret, report) {
    report("it is a client secret");
  },
});
