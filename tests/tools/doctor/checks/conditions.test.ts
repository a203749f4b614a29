import { conditionFindings } from "../../../../tools/doctor/checks/conditions";

const scope = "/subscriptions/8e1b0a4c-7d39-4c52-b6f3-2f9d1e5a7c60/resourceGroups/rg-daemons";
const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
const blobContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

/** As the portal writes it for the choice "allow user to only assign selected roles". */
const onlyRoles = (...roles: string[]): string =>
  ["Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/roleAssignments/delete"]
    .map((action, index) => {
      const attribute = index === 0 ? "@Request" : "@Resource";
      return `((!(ActionMatches{'${action}'})) OR (${attribute}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${roles.join(", ")}}))`;
    })
    .join(" AND ");
const held = (condition: string | null): { properties: { condition: string | null } }[] => [
  { properties: { condition } },
];

describe("a condition on the right to assign roles", () => {
  it("is worth knowing where it names every role that the stack assigns", () => {
    expect(
      conditionFindings(scope, held(onlyRoles(secretsUser, blobContributor.toUpperCase())), [blobContributor]),
    ).toEqual([
      {
        check: "condition",
        subject: scope,
        result: "note",
        detail: "the deployer may assign only the roles that a condition names",
      },
    ]);
  });

  it("tells the roles that it does not name", () => {
    const [finding] = conditionFindings(scope, held(onlyRoles(secretsUser)), [secretsUser, blobContributor]);
    expect(finding).toEqual({
      check: "condition",
      subject: scope,
      result: "note",
      detail: `a condition limits the roles that the deployer may assign, and does not name ${blobContributor}`,
      remedy: `Where an up fails on it, name these roles in the condition of the assignment at ${scope}.`,
    });
  });

  it("says nothing where there is none, or one on something else", () => {
    const other =
      "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})) OR (@Resource[x:y] StringEquals 'z'))";
    expect(conditionFindings(scope, [...held(null), ...held(other)], [secretsUser])).toEqual([]);
  });
});
