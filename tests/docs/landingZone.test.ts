import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtInRoles } from "../../local/azure/arm/authorization/builtInRoles";
import * as layout from "../../local/azure/landingZone/layout";
import { azureRoleAssignments, graphPermissions } from "../../local/azure/landingZone/rights";
import { resourceSpecs } from "../../local/providers/azureNative/resources/catalogue";
import { resourceTypes } from "../../local/providers/azuread/catalogue";
import { codesIn, read, root, sectionNamed, tableIn } from "./pages";

const section = sectionNamed("local/README.md", "landing zone");
const tables = section
  .split(/\n\n(?=\|)/)
  .filter((part) => part.includes("\n|"))
  .map(tableIn);

const roleName = (id: string): string => {
  const role = builtInRoles.find(({ id: known }) => known === id);
  if (role === undefined) throw new Error(`no built-in role ${id}`);
  return role.name;
};

describe("the landing zone in local Azure's page", () => {
  it.each([
    layout.tenant.id,
    layout.tenant.displayName,
    layout.tenant.initialDomain,
    layout.tenant.domain,
    layout.subscription.id,
    layout.subscription.displayName,
    layout.location,
    ...Object.values(layout.resourceGroups),
    ...Object.values(layout.workspace),
  ])("has %s", (word) => {
    expect(section).toContain(word);
  });

  it("has each identity with its IDs", () => {
    const ids = tables.find((rows) =>
      rows.every((cells) => cells.length === 3 && codesIn(cells[1] ?? "").length === 1),
    );
    expect(ids?.map(([name, ...cells]) => [name, ...cells.flatMap(codesIn)])).toEqual(
      Object.entries(layout.identities).map(([name, { clientId, objectId }]) => [name, clientId, objectId]),
    );
  });

  it.each(Object.keys(layout.identities) as layout.IdentityName[])("has the rights of the %s", (name) => {
    const cells = tables.at(-1)?.find(([who]) => who === name) ?? [];
    const [, graph = "", azure = ""] = cells;
    const inherited = name === "administrator" ? graphPermissions.deployer : [];
    for (const permission of graphPermissions[name].filter((each) => !inherited.includes(each))) {
      expect(graph).toContain(permission);
    }
    const { objectId } = layout.identities[name];
    const roles = azureRoleAssignments.filter(({ principalId }) => principalId === objectId);
    for (const { roleDefinitionId } of roles) expect(azure).toContain(roleName(roleDefinitionId));
    if (roles.length === 0) expect(azure).toBe("none");
  });
});

describe("the stand-in providers in local Azure's page", () => {
  const providers = sectionNamed("local/README.md", "providers").trim().split("\n\n");
  const cell = (table: number, row: number): string[] => codesIn(tableIn(providers[table] ?? "")[row]?.[1] ?? "");

  it("lists azure-native's resources", () => {
    expect(cell(0, 0)).toEqual(resourceSpecs.map(({ type }) => type.replace("azure-native:", "")).sort());
  });

  it("lists azure-native's functions", () => {
    const source = readFileSync(join(root, "local/providers/azureNative/functions.ts"), "utf8");
    const names = [...source.matchAll(/"azure-native:(\w+:get\w+)"/g)].map(([, name = ""]) => name);
    expect(cell(0, 1)).toEqual([...new Set(names)].sort());
  });

  it("lists azuread's resources", () => {
    expect(cell(1, 0)).toEqual(resourceTypes.map(({ type }) => type.split(":").at(-1) ?? "").sort());
  });

  it("lists azuread's functions", () => {
    const source = readFileSync(join(root, "local/providers/azuread/functions/invoke.ts"), "utf8");
    const names = [...source.matchAll(/^ {2}(get\w+)[:,]/gm)].map(([, name = ""]) => name);
    expect(cell(1, 1)).toEqual(names.sort());
  });
});

describe("the built-in roles in local Azure's page", () => {
  it("are those that local Azure knows", () => {
    const [, listed = ""] =
      /Built-in roles that local Azure has: ([^.]+)\./.exec(read("local/README.md").replaceAll("\n", " ")) ?? [];
    const names = listed.split(", ").flatMap((family) => {
      const [first = "", ...others] = family.split(" / ");
      const prefix = /^(Key Vault|AzureML|Managed Identity|Storage Blob Data) /.exec(first)?.[0] ?? "";
      return [first, ...others.map((other) => prefix + other)];
    });
    expect(names.sort()).toEqual(builtInRoles.map(({ name }) => name).sort());
  });
});
