import { howToSettle, unfinishedIn, warnsOfUnfinished } from "../../../tools/estate/run/unfinished";

const parent = "urn:pulumi:dev::p::azure-daemon-access:index:DaemonAccess::loader";
const creation = (type: string, name: string) => ({
  type: "creating",
  resource: { urn: `urn:pulumi:dev::p::azure-daemon-access:index:DaemonAccess$${type}::${name}`, type, parent },
});
const principal = "azuread:index/servicePrincipal:ServicePrincipal";
const application = "azuread:index/application:Application";
const password = "azuread:index/applicationPassword:ApplicationPassword";
const secret = "azure-native:keyvault:Secret";
const stateWith = (...operations: unknown[]): string =>
  JSON.stringify({ version: 3, deployment: { pending_operations: operations } });

/** What an update prints of resources that are there already. */
const output = `Diagnostics:
  azuread:index:ServicePrincipal (loader-principal):
    error: 1 error occurred:
    	* [id] A resource with the ID "24871fdc" already exists: To be managed via Terraform, this resource needs to be imported into the State.

  azuread:index:Application (loader-application):
    error: diffing urn:pulumi:dev::p::${application}::loader-application: 1 error occurred:
    	* An existing "azuread_application" with name "loader" (ID: "61cd3489") was found and \`prevent_duplicate_names\` was specified.

  azure-native:keyvault:Secret (loader-credential):
    error: cannot create already existing resource '/subscriptions/1/secrets/loader-credential'
`;

const idsOf = (...operations: unknown[]) =>
  unfinishedIn(stateWith(...operations), output).map(({ name, id }) => [name, id]);

describe("creations that a run was cut off in", () => {
  it("have the ID that the providers' errors name, in the form in which Pulumi imports the type", () => {
    expect(
      idsOf(
        creation(principal, "loader-principal"),
        creation(application, "loader-application"),
        creation(secret, "loader-credential"),
        creation(password, "loader-generation-3"),
        creation(principal, "other-principal"),
      ),
    ).toEqual([
      ["loader-principal", "/servicePrincipals/24871fdc"],
      ["loader-application", "/applications/61cd3489"],
      ["loader-credential", "/subscriptions/1/secrets/loader-credential"],
      ["loader-generation-3", null],
      ["other-principal", null],
    ]);
  });

  it("are each named once, and no other unfinished operation is, nor one outside Azure", () => {
    const twice = creation(password, "loader-generation-3");
    const others = [
      { ...creation(principal, "loader-principal"), type: "updating" },
      creation("azure-daemon-access:index:ClientSecret", "loader"),
      creation("pulumi:providers:azuread", "default"),
    ];
    expect(idsOf(twice, twice, ...others)).toEqual([["loader-generation-3", null]]);
    expect(unfinishedIn(JSON.stringify({ deployment: {} }), output)).toEqual([]);
  });

  it("are told of by the engine", () => {
    const urn = creation(password, "loader-generation-3").resource.urn;
    expect(warnsOfUnfinished(`warning: Attempting to deploy\n  * ${urn}, interrupted while creating\n`)).toBe(true);
    expect(warnsOfUnfinished(output)).toBe(false);
  });

  it("are imported where Azure has them, before the engine forgets any", () => {
    const found = [{ type: principal, name: "loader-principal", parent, id: "/servicePrincipals/1" }];
    const unclear = { type: password, name: "loader-generation-3", parent, id: null };
    const lines = howToSettle("dev", [...found, unclear]);
    expect(lines.at(-1)).toBe(
      `  pulumi import '${principal}' loader-principal /servicePrincipals/1 --parent '${parent}' --yes --skip-preview --protect=false --generate-code=false --stack dev`,
    );
    expect(lines.join("\n")).not.toContain("--clear-pending-creates");
    expect(howToSettle("dev", [unclear]).slice(1)).toEqual([
      "  azuread:index:ApplicationPassword loader-generation-3",
      "Look for it in Azure; each finding has the command that removes it:",
      "  npx daemon-access doctor --stack dev --orphans",
      "Then have the engine forget these creations, and run the same command again:",
      "  pulumi refresh --stack dev --yes --skip-preview --clear-pending-creates",
    ]);
  });
});
