import { blobContainer } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const containerName = rule({
  name: "container-name",
  on: blobContainer,
  what: "A blob container's name is one that Azure takes",
  why: "Azure refuses it only in the middle of the deployment.",
  fix: "use 3 to 63 lowercase letters, digits and single hyphens, with no hyphen first or last",
  source: [],
  severity: "medium",
  level: "mandatory",
  check(container, report) {
    if (!container.has("containerName") || container.pending("containerName")) return;
    const name = container.text("containerName") ?? "";
    if (!/^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)) report(`containerName is "${name}"`);
  },
});
