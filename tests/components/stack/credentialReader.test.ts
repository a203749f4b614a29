import * as pulumi from "@pulumi/pulumi";
import { CredentialReader } from "../../../components/index";
import { assignmentName } from "../../../components/access/assignmentName";
import { azure, guidOf, roleDefinition } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";
import { VAULT_ID, VAULT_URI } from "./ownersOutputs";

const KEY_VAULT_SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";
const reader = guidOf("a reader");
const args = { vaultId: VAULT_ID, secretUri: `${VAULT_URI}secrets/forecast-loader-credential`, objectId: reader };

describe("a credential reader", () => {
  it("gets Key Vault Secrets User at one secret, and asks Azure nothing for it", async () => {
    const run = await record(azure, () => new CredentialReader("reporting", args).scope);
    const scope = `${VAULT_ID}/secrets/forecast-loader-credential`;
    const role = roleDefinition(KEY_VAULT_SECRETS_USER);
    expect(run.outputs).toBe(scope);
    expect(run.resource("reporting-reader")).toMatchObject({ parent: "reporting" });
    expect(run.resource("reporting-reader").inputs).toEqual({
      scope,
      roleDefinitionId: role,
      principalId: reader,
      principalType: "ServicePrincipal",
      roleAssignmentName: assignmentName(scope, role, reader),
    });
    expect(run.resources).toHaveLength(2);
    expect(run.calls).toEqual([]);
  });

  it("takes inputs that arrive later, and a group", async () => {
    const later = { ...args, objectId: pulumi.output(reader), principalType: "Group" };
    const run = await record(azure, () => new CredentialReader("reporting", later).scope);
    expect(run.resource("reporting-reader").inputs).toMatchObject({ principalId: reader, principalType: "Group" });
  });

  it("tells every problem of its arguments at once", async () => {
    const wrong = { vaultId: "kv-daemons", secretUri: VAULT_URI, objectId: "reporting", principalType: "Robot" };
    expect(await problemsOf(() => new CredentialReader("reporting", wrong))).toEqual([
      expect.stringContaining('vaultId: got "kv-daemons"; needed the resource ID of a key vault.'),
      expect.stringContaining(`secretUri: got "${VAULT_URI}"; needed the URI of a Key Vault secret without a version.`),
      expect.stringContaining('objectId: got "reporting"; needed an object ID'),
      expect.stringContaining('principalType: got "Robot"; needed a kind of principal'),
    ]);
  });

  it("refuses a secret of another vault", async () => {
    const secretUri = "https://kv-invoices.vault.azure.net/secrets/invoices-credential";
    expect(await problemsOf(() => new CredentialReader("reporting", { ...args, secretUri }))).toEqual([
      `secretUri: got "${secretUri}"; needed a secret of the vault kv-daemons. Take vaultId and secretUri from the same stack.`,
    ]);
  });
});
