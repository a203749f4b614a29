import { DaemonManagedIdentity } from "../../components/index";
import { checkNames } from "../../tools/doctor/checks/finding";
import { recordProgram } from "../../tools/doctor/program/recording";
import { operations } from "../../tools/doctor/rights/right";
import { rightsOf, type RightsList } from "../../tools/doctor/rights/rightsList";
import { suggestedRole, suggestedRoles } from "../../tools/doctor/rights/suggestedRoles";
import {
  deployerPermissions,
  deployerRolesOnGroup,
  deployerRolesOnWorkspace,
  previewerPermissions,
  roles,
  type Role,
} from "../../examples/bootstrap/rights";
import { permitsAction, permitsDataAction } from "../../local/azure/arm/authorization/actionMatch";
import { builtInRoles } from "../../local/azure/arm/authorization/builtInRoles";
import { resourceGroupId, workspaceId } from "../../local/azure/landingZone/layout";
import { place, recordingOf } from "../tools/doctor/support/stackRights";
import { stackSettings } from "../support/stackSettings";
import { codesIn, read, sectionNamed, tableIn } from "./pages";

/** The dev stack, and a daemon that is a managed identity: what the tables are about. */
let list: RightsList;
let preview: RightsList;

beforeAll(async () => {
  const { daemons, readers } = stackSettings("dev") as Record<"daemons" | "readers", object[]>;
  const dev = await recordingOf(daemons, { readers });
  const identity = await recordProgram(
    () => {
      new DaemonManagedIdentity("batch", { resourceGroupName: "rg-daemons", location: "westeurope" });
      return Promise.resolve();
    },
    { project: "any", stack: "dev", config: {}, place },
  );
  const recording = { ...dev, resources: [...dev.resources, ...identity.resources] };
  list = rightsOf(recording, "dev");
  preview = rightsOf(recording, "dev", ["preview"]);
});

const rolesAt = (scope: string): string[] => {
  const found = list.azure.find((each) => each.scope === scope);
  return found === undefined ? [] : suggestedRoles(found);
};
const nameOf = (role: Role): string => builtInRoles.find(({ id }) => id === roles[role])?.name ?? role;
const group = resourceGroupId("rg-daemons");

describe("the tables of the deployer's rights", () => {
  const graphRows = tableIn(sectionNamed("docs/how-to/production.md", "deployer: graph"));
  const azureRows = tableIn(sectionNamed("docs/how-to/production.md", "deployer: azure"));
  const rolesIn = (where: string): string[] =>
    azureRows.filter(([, place]) => place === where).flatMap(([cell = ""]) => cell.split(", "));

  it("have the Graph permissions that the list has, each for what it says", () => {
    expect(graphRows.map(([permission]) => permission).sort()).toEqual(
      list.graph.map(({ permission }) => permission).sort(),
    );
    for (const { permission, what } of list.graph) {
      expect(graphRows.find(([name]) => name === permission)?.[1]).toContain(what);
    }
  });

  it("have the built-in roles that hold the listed actions", () => {
    expect(rolesIn("resource group").sort()).toEqual(rolesAt(group));
    expect(rolesIn("each workspace").sort()).toEqual(rolesAt(workspaceId));
  });
});

describe("the bootstrap", () => {
  it("gives the deployer the Graph permissions of the list, and the previewer those of a preview", () => {
    expect([...deployerPermissions].sort()).toEqual(list.graph.map(({ permission }) => permission).sort());
    expect([...previewerPermissions].sort()).toEqual(preview.graph.map(({ permission }) => permission).sort());
  });

  it("gives the deployer the built-in roles that hold the listed actions", () => {
    expect(deployerRolesOnGroup.map(nameOf).sort()).toEqual(rolesAt(group));
    expect(deployerRolesOnWorkspace.map(nameOf).sort()).toEqual(rolesAt(workspaceId));
  });
});

it("the built-in role that is advised for an action has it", () => {
  const known = new Map(builtInRoles.map((role) => [role.name, role]));
  for (const { actions } of list.azure) {
    for (const needed of actions) {
      const role = known.get(suggestedRole(needed));
      const permits = needed.kind === "action" ? permitsAction : permitsDataAction;
      expect({ ...needed, has: role !== undefined && permits(role, needed.action) }).toEqual({ ...needed, has: true });
    }
  }
});

describe("docs/how-to/deployer-rights.md", () => {
  const page = read("docs/how-to/deployer-rights.md");
  const firstColumn = (heading: string): string[] =>
    tableIn(page.slice(page.indexOf(heading))).map(([cell = ""]) => codesIn(cell)[0] ?? "");

  it("has every operation, and every check", () => {
    expect(firstColumn("## What a right is for")).toEqual(Object.keys(operations));
    expect(firstColumn("| `check` ")).toEqual(Object.keys(checkNames));
  });

  it("has every key of the list, and of what the list is made of", () => {
    expect(firstColumn("## The list")).toEqual(Object.keys(list));
    expect(firstColumn("Each of `graph`:")).toEqual(Object.keys(list.graph[0] ?? {}));
    for (const key of Object.keys(list.azure[0]?.actions[0] ?? {})) expect(page).toContain(`\`${key}\``);
  });
});
