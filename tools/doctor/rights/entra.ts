import { appRoleId, graphPermissions, MICROSOFT_GRAPH_CLIENT_ID } from "../../../components/graph/permissions";
import { graph, type Inputs, type Right } from "./right";
import { guidOf, textOf, type FunctionRow, type ResourceRow, type Subject } from "./row";

const reads = (): readonly Right[] => [graph("readApplications")];
const writes = (): readonly Right[] => [graph("readApplications"), graph("writeOwnApplications")];

/** What belongs to an application: its owner may write it. */
const writesOwned = ({ inputs }: Subject): readonly Right[] => [
  ...writes(),
  { kind: "ownership", applicationId: textOf(inputs, "applicationId") },
];

/** A part of an application: a password, a certificate, a federated credential. */
const partOf = (type: string, kind: string, state: (name: string) => Inputs): ResourceRow => ({
  type,
  made: (name, inputs) => ({
    id: `${textOf(inputs, "applicationId").replace("/applications/", "")}/${kind}/${guidOf(name)}`,
    state: state(name),
  }),
  read: reads,
  write: writesOwned,
  delete: writesOwned,
});

export const entraResources: readonly ResourceRow[] = [
  {
    type: "azuread:index/application:Application",
    made: (name) => ({
      id: `/applications/${guidOf(name)}`,
      state: { clientId: guidOf(`${name}, client`), objectId: guidOf(name) },
    }),
    read: reads,
    write: writes,
    delete: writes,
  },
  {
    type: "azuread:index/servicePrincipal:ServicePrincipal",
    made: (name) => ({ id: `/servicePrincipals/${guidOf(name)}`, state: { objectId: guidOf(name) } }),
    read: reads,
    write: writes,
    delete: writes,
  },
  partOf("azuread:index/applicationPassword:ApplicationPassword", "password", (name) => ({
    keyId: guidOf(name),
    // Nothing is signed in with it; the program only goes on from there being a text.
    value: "not made yet",
    startDate: "2020-01-01T00:00:00Z",
  })),
  partOf("azuread:index/applicationCertificate:ApplicationCertificate", "certificate", (name) => ({
    keyId: guidOf(name),
    startDate: "2020-01-01T00:00:00Z",
  })),
  partOf(
    "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
    "federatedIdentityCredential",
    (name) => ({ credentialId: guidOf(name) }),
  ),
  {
    type: "azuread:index/appRoleAssignment:AppRoleAssignment",
    made: (name, inputs) => ({
      id: `/servicePrincipals/${textOf(inputs, "resourceObjectId")}/appRoleAssignedTo/${guidOf(name)}`,
    }),
    read: reads,
    write: () => [graph("readToGrant"), graph("grant")],
    delete: () => [graph("grant")],
  },
];

/** An object that somebody else made answers with its client ID where its object ID would stand. */
const existing = (inputs: Inputs): string => textOf(inputs, "clientId") || textOf(inputs, "objectId") || guidOf("any");

export const entraFunctions: readonly FunctionRow[] = [
  {
    token: "azuread:index/getClientConfig:getClientConfig",
    answer: (_inputs, { tenantId }) => ({
      clientId: guidOf("deployer, client"),
      objectId: guidOf("deployer"),
      tenantId,
    }),
    // It stands in the deployer's own token.
    read: () => [],
  },
  {
    token: "azuread:index/getServicePrincipal:getServicePrincipal",
    answer: (inputs) => ({
      id: `/servicePrincipals/${existing(inputs)}`,
      clientId: existing(inputs),
      objectId: existing(inputs),
      appRoleIds: {},
    }),
    read: reads,
  },
  {
    token: "azuread:index/getApplication:getApplication",
    answer: (inputs) => ({
      id: `/applications/${existing(inputs)}`,
      clientId: existing(inputs),
      objectId: existing(inputs),
      displayName: "",
      // Whether it asks for what its daemon needs is for the run to see: here it asks for everything.
      requiredResourceAccesses: [
        {
          resourceAppId: MICROSOFT_GRAPH_CLIENT_ID,
          resourceAccesses: graphPermissions.map((permission) => ({ id: appRoleId(permission), type: "Role" })),
        },
      ],
    }),
    read: reads,
  },
  {
    token: "azuread:index/getUsers:getUsers",
    answer: () => ({ objectIds: [], users: [] }),
    read: () => [graph("readUsers")],
  },
];
