import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { everyPage, type Answer, type Api } from "../../../tools/doctor/azure/api";
import { deployerOf } from "../../../tools/doctor/azure/deployer";
import { failureOf, refusalIn } from "../../../tools/doctor/azure/failure";
import { identityToken } from "../../../tools/doctor/azure/identityToken";
import { allows } from "../../../tools/doctor/checks/azureActions";

const tenantId = "3d5f1c7a-2b64-4e0f-9a18-6c0e5b7d9f21";
const ARM_CLIENT_ID = "b7c2f0d4-51e8-4a3b-8c96-e0d7a1f25b38";

describe("the deployer's credential", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "deployer-"));
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });
  const sourceOf = (environment: Record<string, string>): string => deployerOf(tenantId, environment).source;

  it("is what the providers' variables name", () => {
    expect(sourceOf({ ARM_CLIENT_ID, ARM_CLIENT_SECRET: "a secret" })).toBe(
      `the client secret of ${ARM_CLIENT_ID} (ARM_CLIENT_SECRET)`,
    );
    expect(sourceOf({ ARM_CLIENT_ID, ARM_USE_OIDC: "true", ARM_OIDC_TOKEN: "a.b.c" })).toBe(
      `the federated token of ${ARM_CLIENT_ID} (ARM_OIDC_TOKEN)`,
    );
    expect(sourceOf({ ARM_CLIENT_ID, ARM_USE_MSI: "true" })).toContain("managed identity");
    expect(sourceOf({})).toContain("what the Azure SDK finds");
  });

  it("is a certificate in PEM; one in PKCS #12 is refused with the command that converts it", () => {
    const pem = join(directory, "deployer.pem");
    const pfx = join(directory, "deployer.pfx");
    writeFileSync(pem, "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n");
    writeFileSync(pfx, Buffer.from([0x30, 0x82, 0x01]));
    expect(sourceOf({ ARM_CLIENT_ID, ARM_CLIENT_CERTIFICATE_PATH: pem })).toContain("ARM_CLIENT_CERTIFICATE_PATH");
    expect(() => sourceOf({ ARM_CLIENT_ID, ARM_CLIENT_CERTIFICATE_PATH: pfx })).toThrow(
      `ARM_CLIENT_CERTIFICATE_PATH: ${pfx} is PKCS #12, which doctor does not open. Give doctor the same certificate as PEM: openssl pkcs12 -in ${pfx} -out deployer.pem -nodes`,
    );
  });

  it("is refused where OIDC is asked for and no token is there", () => {
    expect(() => sourceOf({ ARM_CLIENT_ID, ARM_USE_OIDC: "true" })).toThrow(
      "ARM_USE_OIDC is set, but there is no token to exchange. Set ARM_OIDC_TOKEN or ARM_OIDC_TOKEN_FILE_PATH; on GitHub give the job the permission id-token: write.",
    );
  });
});

describe("a pipeline's identity token", () => {
  it("is asked for as GitHub issues it, for Entra ID's audience", async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer(({ url, headers }, response) => {
      asked.push(url, headers.authorization);
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ value: "a.b.c" }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const token = identityToken({
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "job",
    });
    expect(await token?.read()).toBe("a.b.c");
    expect(asked).toEqual(["/token?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange", "Bearer job"]);
    server.close();
  });
});

describe("a list", () => {
  const apiOf = (pages: Readonly<Record<string, Answer>>): Api => ({
    get: (_service, address) => Promise.resolve(pages[address] ?? { status: 404, body: undefined }),
    post: () => Promise.reject(new Error("nothing is posted")),
    claims: () => Promise.reject(new Error("nobody is asked")),
  });

  it("is read page by page, as Azure and Graph tell of the next one", async () => {
    const api = apiOf({
      "/first": { status: 200, body: { value: [1, 2], nextLink: "https://management.azure.com/second" } },
      "https://management.azure.com/second": { status: 200, body: { value: [3], "@odata.nextLink": "/third" } },
      "/third": { status: 200, body: { value: [4], nextLink: null } },
    });
    expect(await everyPage(api, "arm", "/first")).toEqual({ status: 200, body: [1, 2, 3, 4] });
  });

  it("ends where a page leads back to one before", async () => {
    const api = apiOf({
      "/first": { status: 200, body: { value: [1], nextLink: "/second" } },
      "/second": { status: 200, body: { value: [2], nextLink: "/first" } },
    });
    const { body, refusal } = await everyPage(api, "arm", "/first");
    expect([body, refusal?.code]).toEqual([undefined, "RepeatedPage"]);
  });

  it("ends at the first refusal", async () => {
    const refusal = { code: "AuthorizationFailed", message: "No." };
    const api = apiOf({
      "/first": { status: 200, body: { value: [1], nextLink: "/second" } },
      "/second": { status: 403, body: {}, refusal },
    });
    expect(await everyPage(api, "arm", "/first")).toEqual({ status: 403, body: {}, refusal });
  });
});

describe("what a role gives", () => {
  const role = (change: object): Parameters<typeof allows>[0] => [
    { actions: [], notActions: [], dataActions: [], notDataActions: [], ...change },
  ];
  const write = { kind: "action", action: "Microsoft.KeyVault/vaults/write" } as const;

  it.each([
    [{ actions: ["*"] }, true],
    [{ actions: ["microsoft.keyvault/*"] }, true],
    [{ actions: ["Microsoft.KeyVault/vaults/write"] }, true],
    [{ actions: ["*/read"] }, false],
    [{ actions: ["*"], notActions: ["Microsoft.KeyVault/*/write"] }, false],
    [{ dataActions: ["*"] }, false],
  ])("%j: %s", (change, expected) => {
    expect(allows(role(change), write)).toBe(expected);
  });

  it("is not taken back by another role's exceptions", () => {
    const both = [...role({ actions: ["*"], notActions: ["*"] }), ...role({ actions: ["*"] })];
    expect(allows(both, write)).toBe(true);
  });
});

describe("a failure", () => {
  it("is told in the service's own words", () => {
    const body = { error: { code: "AuthorizationFailed", message: "May not.\nMore." } };
    expect(refusalIn(403, body)).toEqual({ code: "AuthorizationFailed", message: "May not." });
    expect(refusalIn(502, undefined)).toEqual({ code: "HTTP 502", message: "The service gave no reason." });
    const thrown = new Error("invalid_client: AADSTS7000215: Invalid client secret provided. Trace ID: 1");
    expect(failureOf(thrown)).toEqual({ code: "AADSTS7000215", message: "Invalid client secret provided." });
  });
});
