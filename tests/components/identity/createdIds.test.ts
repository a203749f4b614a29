import { DaemonApplication } from "../../../components/index";
import { azure, guidOf } from "../../support/azureMocks";
import { type Mocks, record } from "../../support/mocks";

/** Azure where the run before ended after the creations, and before it read what they gave. */
const unread: Mocks = {
  calls: {
    ...azure.calls,
    "azuread:index/getApplication:getApplication": ({ objectId }) => ({
      clientId: guidOf(`looked up ${String(objectId)}`),
    }),
  },
  resources: {
    ...azure.resources,
    "azuread:index/application:Application": (name) => ({ id: `/applications/${guidOf(name)}` }),
    "azuread:index/servicePrincipal:ServicePrincipal": (name) => ({ id: `/servicePrincipals/${guidOf(name)}` }),
  },
};

const declare = () => {
  const { clientId, objectId } = new DaemonApplication("loader", { displayName: "Forecast loader" });
  return { clientId, objectId };
};

it("looks up the client ID of an application that no run has read, and says what to do", async () => {
  const run = await record(unread, declare);
  const clientId = guidOf(`looked up ${guidOf("loader-application")}`);
  expect(run.outputs.clientId).toBe(clientId);
  expect(run.resource("loader-service-principal").inputs).toMatchObject({ clientId });
  expect(run.messages).toContainEqual(
    expect.stringMatching(/ended before it was finished.* Refresh the stack, then update it\.$/),
  );
});

it("takes the object ID of a service principal that no run has read from its resource ID", async () => {
  expect((await record(unread, declare)).outputs.objectId).toBe(guidOf("loader-service-principal"));
});

it("looks nothing up and says nothing where both were read", async () => {
  const run = await record(azure, declare);
  expect(run.calls).not.toContain("azuread:index/getApplication:getApplication");
  expect(run.messages).toEqual([]);
});
