import { DaemonApplication } from "../../../components/index";
import { azure, DEPLOYER_ID, guidOf, TENANT_ID } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

describe("a daemon's application", () => {
  it("is of this tenant alone, guarded against a second of its name, and owned by the deployer", async () => {
    const run = await record(azure, () => new DaemonApplication("loader", { displayName: "Forecast loader" }));
    expect(run.resource("loader-application").inputs).toEqual({
      displayName: "Forecast loader",
      owners: [DEPLOYER_ID],
      preventDuplicateNames: true,
      signInAudience: "AzureADMyOrg",
    });
  });

  it("has a service principal with the same owners, to which nobody signs in unasked", async () => {
    const owner = guidOf("an owner");
    const run = await record(azure, () => new DaemonApplication("loader", { displayName: "Loader", owners: [owner] }));
    expect(run.resource("loader-application").inputs).toMatchObject({ owners: [owner, DEPLOYER_ID] });
    expect(run.resource("loader-service-principal").inputs).toEqual({
      clientId: guidOf("loader-application's client"),
      owners: [owner, DEPLOYER_ID],
      appRoleAssignmentRequired: true,
    });
  });

  it("names a deployer that is among the owners once", async () => {
    const args = { displayName: "Loader", owners: [DEPLOYER_ID] };
    const run = await record(azure, () => new DaemonApplication("loader", args));
    expect(run.resource("loader-application").inputs).toMatchObject({ owners: [DEPLOYER_ID] });
  });

  it("leaves the deployer out where it is told to", async () => {
    const owner = guidOf("an owner");
    const args = { displayName: "Loader", owners: [owner], deployerIsOwner: false };
    const run = await record(azure, () => new DaemonApplication("loader", args));
    expect(run.resource("loader-application").inputs).toMatchObject({ owners: [owner] });
  });

  it("is never left without an owner", async () => {
    const args = { displayName: "Loader", deployerIsOwner: false };
    expect(await problemsOf(() => new DaemonApplication("loader", args))).toEqual([
      "owners: got nothing; needed an owner or more where deployerIsOwner is false. Name those that deploy.",
    ]);
  });

  it("records the Graph permissions it asks for, by the IDs of their app roles", async () => {
    const args = { displayName: "Loader", permissions: ["User.Read.All", "Mail.Send"] };
    const run = await record(azure, () => new DaemonApplication("loader", args));
    expect(run.resource("loader-application").inputs).toMatchObject({
      requiredResourceAccesses: [
        {
          resourceAppId: "00000003-0000-0000-c000-000000000000",
          resourceAccesses: [
            { id: "df021288-bdef-4463-88db-98f22de89214", type: "Role" },
            { id: "b633e1c5-b582-4048-a93e-9f11b44c7e96", type: "Role" },
          ],
        },
      ],
    });
  });

  it("carries notes, a description and a service catalogue's reference where given", async () => {
    const texts = {
      notes: "Owned by forecasting",
      description: "Loads forecasts",
      serviceManagementReference: "CHG-7",
    };
    const args = { displayName: "Loader", preventDuplicateNames: false, ...texts };
    const run = await record(azure, () => new DaemonApplication("loader", args));
    expect(run.resource("loader-application").inputs).toMatchObject({ preventDuplicateNames: false, ...texts });
  });

  it("is a principal by its shape", async () => {
    const { outputs } = await record(azure, () => {
      const { clientId, objectId, tenantId, applicationId, displayName } = new DaemonApplication("loader", {
        displayName: "Loader",
      });
      return { clientId, objectId, tenantId, applicationId, displayName };
    });
    expect(outputs).toEqual({
      clientId: guidOf("loader-application's client"),
      objectId: guidOf("loader-service-principal"),
      tenantId: TENANT_ID,
      applicationId: `/applications/${guidOf("loader-application")}`,
      displayName: "Loader",
    });
  });

  it("tells every problem of its arguments at once", async () => {
    const args = { displayName: " Loader", owners: ["me@contoso.example"], permissions: ["User.Raed.All"] };
    expect(await problemsOf(() => new DaemonApplication("loader", args))).toEqual([
      'displayName: got " Loader"; needed 1 to 120 characters with no space at either end. Write, for example, "Forecast loader".',
      'owners[0]: got "me@contoso.example"; needed an object ID, which is a GUID. Write, for example, "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84".',
      'permissions[0]: got "User.Raed.All"; needed an application permission of Microsoft Graph. Did you mean "User.Read.All"?',
    ]);
  });
});
