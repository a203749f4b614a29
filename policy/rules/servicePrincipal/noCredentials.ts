import { servicePrincipalCertificate, servicePrincipalPassword } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const servicePrincipalNoCredentials = rule({
  name: "service-principal-no-credentials",
  on: [servicePrincipalPassword, servicePrincipalCertificate],
  what: "A service principal has no credential of its own",
  why: "The application's list of credentials does not show it, so no review finds it.",
  fix: "use an ApplicationPassword, an ApplicationCertificate or a federated credential",
  source: [],
  severity: "high",
  level: "mandatory",
  check(_credential, report) {
    report("it is a credential of a service principal");
  },
});
