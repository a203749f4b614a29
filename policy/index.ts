import { PolicyPack } from "@pulumi/policy";
import { rules } from "./rules";

new PolicyPack("azure-daemon-access-policy", {
  displayName: "Azure daemon access",
  enforcementLevel: "mandatory",
  policies: rules.map(({ policy }) => policy),
});
