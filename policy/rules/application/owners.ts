import { application, servicePrincipal } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { wholeNumber } from "../../rule/settings";

const settings = { minimum: wholeNumber(2, "How many owners there should be.") };

export const applicationOwners = rule({
  name: "application-has-two-owners",
  on: [application, servicePrincipal],
  what: "An application and its service principal have two owners or more",
  why: "With one owner it has none when that person leaves; without an owner, nobody is responsible for it.",
  fix: "list two people or more in owners, by object ID",
  setting: "daemons[].owners",
  source: [],
  severity: "medium",
  level: "advisory",
  settings,
  check(resource, report, { minimum }) {
    const owners = resource.count("owners");
    if (owners === undefined || owners >= minimum) return;
    report(`it has ${owners === 1 ? "1 owner" : `${owners} owners`}; at least ${minimum} required`);
  },
});
