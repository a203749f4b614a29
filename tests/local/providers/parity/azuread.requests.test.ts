import { identities } from "../../../../local/azure/landingZone/layout";
import { issueCertificate } from "../../../support/certificates";
import { Deployment } from "../deployment";
import { EngineClient } from "../engineClient";
import { azureadFacts } from "./azuread.facts";
import type { RequestFacts } from "./facts";

type Json = Readonly<Record<string, unknown>>;

let deployment: Deployment;
let engine: EngineClient;

beforeAll(async () => {
  deployment = await Deployment.open();
  engine = EngineClient.of(deployment.providers.debugProviders, "azuread");
  // The first token of the run is nobody's.
  await engine.invoke("azuread:index/getClientConfig:getClientConfig");
});

afterAll(async () => {
  engine.close();
  await deployment.close();
});

const member = /(?<=\/(?:applications|servicePrincipals|appRoleAssignedTo|federatedIdentityCredentials)\/)[^/]+/g;

/** The requests of a step to Microsoft Graph, in the words of the facts. */
async function requestsOf<Result>(step: () => Promise<Result>): Promise<readonly [string, Result]> {
  const sent: string[] = [];
  const stop = deployment.local.azure.requests.listen(({ service, method, path }, { query }) => {
    const [option = ""] = query.keys();
    const place = path.replace(/^\/v1\.0/, "").replaceAll(member, "{id}");
    if (service === "graph") sent.push(`${method} ${place}${option === "" ? "" : `?${option}`}`);
  });
  try {
    const result = await step();
    return [sent.join(", "), result];
  } finally {
    stop();
  }
}

async function walked(type: string, stated: Json, change: Json | undefined): Promise<RequestFacts> {
  const { inputs } = await engine.check(type, "walked", stated);
  const [create, made] = await requestsOf(() => engine.create(type, "walked", inputs));
  const olds = { inputs, outputs: made.outputs };
  const [read] = await requestsOf(() => engine.read(type, made.id, olds));
  const news = { ...inputs, ...change };
  const [update, outputs] =
    change === undefined ? [undefined, made.outputs] : await requestsOf(() => engine.update(type, made.id, olds, news));
  const [deletion] = await requestsOf(() => engine.delete(type, made.id, { inputs, outputs }));
  return { create, read, ...(update !== undefined && { update }), delete: deletion };
}

it("sends the real provider's requests for each type and operation", async () => {
  const typeOf = (name: string): string =>
    Object.keys(azureadFacts.types).find((type) => type.endsWith(`:${name}`)) ?? name;
  const named = (displayName: string): Json => ({
    displayName,
    owners: [identities.administrator.objectId],
    preventDuplicateNames: true,
  });
  const owner = await engine.create(typeOf("Application"), "owner", named("owner"));
  const clientId = owner.outputs["clientId"];
  const principal = await engine.create(typeOf("ServicePrincipal"), "principal", { clientId });
  const other = await engine.create(typeOf("Application"), "other", named("other"));
  const graph = await engine.invoke("azuread:index/getServicePrincipal:getServicePrincipal", {
    clientId: "00000003-0000-0000-c000-000000000000",
  });
  const { pem } = await issueCertificate({ notBefore: "2026-01-01T00:00:00Z", notAfter: "2027-01-01T00:00:00Z" });
  const applicationId = owner.id;
  const walks: readonly (readonly [name: string, stated: Json, change?: Json])[] = [
    ["Application", named("walked"), { notes: "Loads forecasts." }],
    ["ApplicationCertificate", { applicationId, type: "AsymmetricX509Cert", value: pem }],
    [
      "ApplicationFederatedIdentityCredential",
      {
        applicationId,
        audiences: ["api://AzureADTokenExchange"],
        displayName: "pipeline",
        issuer: "https://token.actions.githubusercontent.com",
        subject: "repo:contoso/loader:ref:refs/heads/main",
      },
      { description: "The pipeline." },
    ],
    ["ApplicationPassword", { applicationId, displayName: "generation-0" }],
    [
      "AppRoleAssignment",
      {
        appRoleId: "df021288-bdef-4463-88db-98f22de89214",
        principalObjectId: principal.outputs["objectId"],
        resourceObjectId: graph["objectId"],
      },
    ],
    [
      "ServicePrincipal",
      { clientId: other.outputs["clientId"], owners: [identities.administrator.objectId] },
      { notes: "Walked." },
    ],
  ];
  const found: Record<string, RequestFacts> = {};
  for (const [name, stated, change] of walks) {
    found[typeOf(name)] = await walked(typeOf(name), stated, change);
  }
  const facts = Object.entries(azureadFacts.types).map(([type, { requests }]) => [type, requests] as const);
  expect(found).toEqual(Object.fromEntries(facts));
});
