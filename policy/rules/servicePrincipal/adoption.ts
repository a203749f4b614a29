import { microsoftGraph } from "../../reference/graphPermissions";
import { servicePrincipal } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = {
  applications: texts([microsoftGraph], "IDs of the applications whose service principals may be taken over."),
};

export const servicePrincipalAdoption = rule({
  name: "service-principal-adoption",
  on: servicePrincipal,
  what: "Only a service principal of Microsoft's own is taken over",
  why: "A foreign one that is adopted is changed by this program, and deleted with it.",
  fix: "look it up instead, or take useExisting out",
  source: [],
  severity: "high",
  level: "mandatory",
  settings,
  check(principal, report, { applications }) {
    if (principal.flag("useExisting") !== true || principal.pending("clientId")) return;
    const clientId = principal.text("clientId") ?? "";
    if (!applications.includes(clientId)) report(`useExisting is true for the application ${clientId}`);
  },
});
