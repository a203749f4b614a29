import type { Failure } from "../../../tools/verify/failure";
import { graphRemedy } from "../../../tools/verify/remedies/graph";
import { lakeRemedy } from "../../../tools/verify/remedies/lake";
import { signInRemedy } from "../../../tools/verify/remedies/signIn";
import { LOCAL_COMMAND } from "../../../tools/verify/remedies/commands";
import { vaultRemedy } from "../../../tools/verify/remedies/vault";
import { workspaceRemedy } from "../../../tools/verify/remedies/workspace";
import { adminConsentUrl, credential, failure } from "./fixtures";

const { graph, lake, machineLearning, clientId, tenantId } = credential;
const vaultUrl = "https://kv-daemons.vault.azure.net";
const secret = "forecast-loader-credential";

const signIn = (given: Failure): string => signInRemedy(given, credential);
const certificate = {
  secretUri: `${vaultUrl}/secrets/certified`,
  thumbprint: "AB",
  notBefore: "2026-01-15T00:00:00Z",
  expiresOn: "2026-04-15T00:00:00Z",
};
const byCertificate = (given: Failure): string => signInRemedy(given, { ...credential, certificate });
const ofGraph = (given: Failure): string => graphRemedy(given, credential, graph);
const ofLake = (given: Failure): string => lakeRemedy(given, credential, lake);
const ofWorkspace = (given: Failure): string => workspaceRemedy(given, credential, machineLearning);
const ofList = (given: Failure): string => vaultRemedy(given, { vaultUrl });
const ofRead = (given: Failure): string => vaultRemedy(given, { vaultUrl, secret });

describe("the remedy", () => {
  it.each([
    [
      "an expired secret names the date and the next generation",
      signIn,
      "AADSTS7000222",
      "The client secret expired on 2026-04-15T00:00:00Z. Run `pulumi up`, which writes the next generation, then verify again.",
    ],
    [
      "a removed secret names what writes a new one",
      signIn,
      "AADSTS7000215",
      "Entra ID does not know this client secret: it was removed or changed outside the stack. Run `pulumi refresh` and `pulumi up`, which write a new one.",
    ],
    [
      "a deleted application names it and its tenant",
      signIn,
      "AADSTS700016",
      `The application ${clientId} is not in the tenant ${tenantId}: it was deleted, or the credential is of another tenant. Run \`pulumi refresh\` and \`pulumi up\`.`,
    ],
    [
      "a wrong tenant names the key to correct",
      signIn,
      "AADSTS90002",
      `Entra ID has no tenant ${tenantId}. Correct azuread:tenantId in the stack's configuration and run \`pulumi up\`.`,
    ],
    [
      "an assertion of another time names the clock",
      byCertificate,
      "AADSTS700024",
      "This machine's clock is wrong: Entra ID's time is outside the validity of the assertion that verify signed. Set the clock, then verify again.",
    ],
    [
      "a lost grant tells how it comes back",
      ofGraph,
      "Authorization_RequestDenied",
      `The stack grants User.Read.All, and the token does not carry it: the grant was removed. Run \`pulumi refresh\` and \`pulumi up\`, or have an administrator consent: ${adminConsentUrl}`,
    ],
    [
      "a missing lake role names the role and its scope",
      ofLake,
      "AuthorizationPermissionMismatch",
      `The application ${clientId} lacks the role Storage Blob Data Contributor on the file system forecasts of stdaemons.dfs.core.windows.net, or got it minutes ago. Run \`pulumi refresh\` and \`pulumi up\`; a new role takes up to ten minutes.`,
    ],
    [
      "the lake's firewall names the key that opens it",
      ofLake,
      "AuthorizationFailure",
      "The firewall of stdaemons.dfs.core.windows.net does not let this machine in. Add it to lake.allowedIpRanges in the stack's configuration, or run verify where the daemon runs.",
    ],
    [
      "a missing workspace role names the role and the workspace",
      ofWorkspace,
      "AuthorizationFailed",
      `The application ${clientId} lacks the role AzureML Data Scientist on ${machineLearning.workspaceId}, or got it minutes ago; or the workspace does not exist: without a role, Azure gives the same answer for both. Check the ID; run \`pulumi refresh\` and \`pulumi up\`; a new role takes up to ten minutes.`,
    ],
    [
      "a vault that may not be listed names the role and the way around",
      ofList,
      "ForbiddenByRbac",
      "The identity that runs verify may not list the secrets of kv-daemons.vault.azure.net. Give it the role Key Vault Reader there, or name the daemons with --daemon.",
    ],
    [
      "a secret that may not be read names the key for readers",
      ofRead,
      "ForbiddenByRbac",
      "The identity that runs verify may not read forecast-loader-credential. Check the name; if it is right, add the identity's object ID to readers in the stack's configuration and run `pulumi up`.",
    ],
    [
      "the vault's firewall names the key that opens it",
      ofList,
      "ForbiddenByFirewall",
      "The firewall of kv-daemons.vault.azure.net does not let this machine in. Add the client address above to vault.allowedIpRanges in the stack's configuration, or run verify from an allowed network.",
    ],
    [
      "a vault without credentials names the command that fills it",
      ofList,
      "NoCredentials",
      "Run `pulumi up` on the stack that delivers to this vault, or name another vault.",
    ],
    [
      "a reader without an identity names the variables",
      ofList,
      "CredentialUnavailableError",
      "Say who runs verify: set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or sign in with `az login`.",
    ],
    [
      "a reader with a wrong secret is told of its own, not the daemon's",
      ofList,
      "AADSTS7000215",
      "AZURE_CLIENT_SECRET is not a client secret of the application in AZURE_CLIENT_ID.",
    ],
    [
      "a reader of another tenant names the variable",
      ofRead,
      "Unauthorized",
      "The vault does not take tokens of this tenant. Set AZURE_TENANT_ID to the tenant of the vault.",
    ],
    [
      "an unknown host names it",
      ofList,
      "ENOTFOUND",
      "There is no kv-daemons.vault.azure.net in DNS. Check the name; where only a proxy leads out, set HTTPS_PROXY.",
    ],
    [
      "an untrusted certificate names the variable",
      ofGraph,
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "The certificate of graph.microsoft.com is not trusted. Where a proxy opens TLS, name its CA file in NODE_EXTRA_CA_CERTS.",
    ],
    [
      "no answer in time names what may be in the way",
      ofWorkspace,
      "Timeout",
      "management.azure.com cannot be reached from here. Check HTTPS_PROXY, NO_PROXY and the service's firewall; --timeout gives a call more time.",
    ],
  ])("for %s", (_, remedy, code, text) => {
    expect(remedy(failure(code))).toBe(text);
  });

  it.each(["request", "external"] as const)("for a consent by %s is the address to open", (consent) => {
    expect(graphRemedy(failure("Authorization_RequestDenied"), credential, { ...graph, consent })).toBe(
      `An administrator has yet to consent to User.Read.All: ${adminConsentUrl}`,
    );
  });

  it.each([ofGraph, ofLake, ofWorkspace])("for a refused token is the sign-in's, whichever call meets it", (remedy) => {
    expect(remedy(failure("AADSTS7000222"))).toBe(signIn(failure("AADSTS7000222")));
  });

  it.each([429, 500, 503])("for HTTP %d is to try again", (status) => {
    expect(ofWorkspace(failure("Busy", status))).toBe(
      "management.azure.com is overloaded or out of order. Run verify again in a minute.",
    );
  });

  describe("where local Azure's command line runs verify", () => {
    beforeAll(() => {
      process.env[LOCAL_COMMAND] = "npm run local --";
    });
    afterAll(() => {
      Reflect.deleteProperty(process.env, LOCAL_COMMAND);
    });

    it("is one of its commands, and no address of a tenant that is not there", () => {
      expect(signIn(failure("AADSTS7000222"))).toContain("Run `npm run local -- up`, which writes");
      expect(ofLake(failure("FilesystemNotFound"))).toContain(
        "Run `npm run local -- refresh` and `npm run local -- up`.",
      );
      expect(ofGraph(failure("Authorization_RequestDenied"))).toContain("`npm run local -- consent --daemon ");
      const codes = ["AADSTS7000222", "AADSTS7000215", "AADSTS700016", "Authorization_RequestDenied", "SecretNotFound"];
      for (const remedy of [signIn, ofGraph, ofLake, ofWorkspace, ofList, ofRead]) {
        for (const code of codes) expect(remedy(failure(code))).not.toMatch(/pulumi (up|refresh)|adminconsent/);
      }
    });
  });

  it.each([signIn, ofGraph, ofLake, ofWorkspace, ofList, ofRead])("is never empty, and holds no secret", (remedy) => {
    const text = remedy(failure("SomethingNew", 400));
    expect(text).toMatch(/ for the reason above/);
    expect(text).not.toContain(credential.clientSecret);
  });
});
