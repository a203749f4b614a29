import { identities, subscription } from "../../../local/azure/landingZone/layout";
import { issueCertificate } from "../../support/certificates";
import { HostedStack } from "../../engine/support/hostedStack";

jest.setTimeout(600_000);

interface Finding {
  readonly subject: string;
  readonly result: string;
  readonly detail?: string;
  readonly remedy?: string;
}

let stack: HostedStack;

beforeAll(async () => {
  stack = await HostedStack.open();
  await stack.succeed("up", "--no-policy");
});

afterAll(() => stack.close());

async function orphans(): Promise<{ readonly code: number | null; readonly findings: readonly Finding[] }> {
  const { code, stdout } = await stack.cli.run("tool", "--", "doctor", "--stack", "dev", "--orphans", "--json");
  const { findings } = JSON.parse(stdout) as { findings: readonly (Finding & { check: string })[] };
  return { code, findings: findings.filter(({ check }) => check === "orphan") };
}

it("finds nothing beside what the state names", async () => {
  const { code, findings } = await orphans();
  expect(findings).toEqual([expect.objectContaining({ subject: "everything", result: "passed" })]);
  expect(code).toBe(0);
});

it("names each thing that the state does not, with the command that removes it", async () => {
  const { administrator } = stack;
  const made = async (displayName: string): Promise<{ id: string; appId: string }> =>
    (await administrator.graph("POST", "/applications", { displayName })) as unknown as { id: string; appId: string };
  const temporary = await made("TERRAFORM_UPDATE_0b5b1a40-0000-4000-8000-000000000000");
  const twin = await made("Report mailer");
  const loader = await application("Forecast loader");
  const lost = "forecast-loader, generation 0";
  const password = (await administrator.graph("POST", `/applications/${loader.id}/addPassword`, {
    passwordCredential: { displayName: lost },
  })) as unknown as { keyId: string };
  await administrator.graph("POST", `/applications/${loader.id}/addPassword`, {
    passwordCredential: { displayName: "made by hand" },
  });
  const { pem } = await issueCertificate({ notBefore: "2026-01-01T00:00:00Z", notAfter: "2036-01-01T00:00:00Z" });
  await administrator.graph("PATCH", `/applications/${loader.id}`, {
    keyCredentials: [{ type: "AsymmetricX509Cert", usage: "Verify", key: Buffer.from(pem).toString("base64") }],
  });
  const group = `/subscriptions/${subscription.id}/resourceGroups/rg-daemons`;
  const dangling = `${group}/providers/Microsoft.Authorization/roleAssignments/5d1c7f6e-0000-4000-8000-000000000001`;
  await administrator.arm("PUT", dangling, "2022-04-01", {
    properties: {
      principalId: "5d1c7f6e-0000-4000-8000-00000000dead",
      principalType: "ServicePrincipal",
      roleDefinitionId: `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
    },
  });

  const { code, findings } = await orphans();
  const failed = findings.filter(({ result }) => result === "failed").map(({ subject, remedy }) => [subject, remedy]);
  expect(failed).toEqual(
    expect.arrayContaining([
      [expect.stringContaining("application TERRAFORM_UPDATE_"), `az ad app delete --id ${temporary.appId}`],
      [expect.stringContaining("application Report mailer"), `az ad app delete --id ${twin.appId}`],
      [
        expect.stringContaining(`password ${lost}`),
        `az ad app credential delete --id ${loader.appId} --key-id ${password.keyId}`,
      ],
      [
        expect.stringContaining("certificate"),
        expect.stringMatching(/^az ad app credential delete --id \S+ --key-id \S+ --cert$/),
      ],
      [expect.stringContaining("role assignment of 5d1c7f6e"), `az role assignment delete --ids ${dangling}`],
    ]),
  );
  expect(failed).toHaveLength(5);
  const notes = findings.filter(({ result }) => result === "note");
  expect(notes.map(({ subject }) => subject)).toEqual([expect.stringContaining("password made by hand")]);
  expect(code).toBe(1);
});

async function application(name: string): Promise<{ id: string; appId: string }> {
  const path = `/applications?$filter=displayName eq '${name}'&$select=id,appId`;
  const { value } = (await stack.administrator.graph("GET", path)) as unknown as {
    value: readonly { id: string; appId: string }[];
  };
  const [found] = value.filter(({ appId }) => appId !== identities.deployer.clientId);
  if (found === undefined) throw new Error(`there is no application ${name}`);
  return found;
}
