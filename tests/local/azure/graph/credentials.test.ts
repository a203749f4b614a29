import { issueCertificate } from "../../../support/certificates";
import { SignJWT } from "jose";
import { GraphClient, graphScope, type GraphBody } from "../../../support/graphClient";
import { LocalAzureForTests } from "../../../support/localAzure";

let azure: LocalAzureForTests;
let graph: GraphClient;
beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  graph = new GraphClient(azure, "deployer");
});
afterAll(() => azure.close());

describe("client secrets", () => {
  it("shows the value once, and later its first three characters", async () => {
    const { id } = await graph.createDaemon("secret");
    const passwordCredential = {
      displayName: "generation 0",
      startDateTime: "2026-03-01T10:00:00+01:00",
      endDateTime: "2026-06-01T00:00:00Z",
    };
    const made = await graph.post(`/applications/${id}/addPassword`, { passwordCredential });
    expect(made.status).toBe(200);
    const { "@odata.context": context, ...credential } = made.body;
    expect(context).toBe("https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.passwordCredential");
    expect(credential).toEqual({
      customKeyIdentifier: null,
      displayName: "generation 0",
      endDateTime: "2026-06-01T00:00:00Z",
      hint: String(credential["secretText"]).slice(0, 3),
      keyId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      secretText: expect.stringMatching(/^[A-Za-z0-9]{3}8Q~[\w.~-]{34}$/) as string,
      startDateTime: "2026-03-01T09:00:00Z",
    });
    const { body } = await graph.get(`/applications/${id}`);
    expect(body["passwordCredentials"]).toEqual([{ ...credential, secretText: null }]);
  });

  it("lasts two years where no end is asked for", async () => {
    const { id } = await graph.createDaemon("two years");
    const { body } = await graph.post(`/applications/${id}/addPassword`, {});
    expect([body["startDateTime"], body["endDateTime"]]).toEqual(["2026-03-01T09:00:00Z", "2028-03-01T09:00:00Z"]);
  });

  it.each([
    [{ endDateTime: "2026-02-28T00:00:00Z" }, "KeyCredentialsInvalidEndDate"],
    [{ startDateTime: "2026-05-01T00:00:00Z", endDateTime: "2026-04-01T00:00:00Z" }, "KeyCredentialsInvalidEndDate"],
    [{ endDateTime: "next year" }, "KeyCredentialsInvalidEndDate"],
    [{ startDateTime: "2026-05-01" }, "KeyCredentialsInvalidStartDate"],
    [{ lifetime: "P1Y" }, "Request_BadRequest"],
  ])("refuses %j", async (passwordCredential, code) => {
    const { id } = await graph.createDaemon("refused");
    const reply = await graph.post(`/applications/${id}/addPassword`, { passwordCredential });
    expect([reply.status, reply.body.error?.code]).toEqual([400, code]);
    expect((await graph.get(`/applications/${id}`)).body["passwordCredentials"]).toEqual([]);
  });

  it("goes by its key ID, and no other goes", async () => {
    const { id } = await graph.createDaemon("removed");
    const { body: first } = await graph.post(`/applications/${id}/addPassword`, {});
    const { body: second } = await graph.post(`/applications/${id}/addPassword`, {});
    expect((await graph.post(`/applications/${id}/removePassword`, { keyId: first["keyId"] })).status).toBe(204);
    const { body } = await graph.get(`/applications/${id}`);
    expect(body["passwordCredentials"]).toEqual([expect.objectContaining({ keyId: second["keyId"] })]);
    const again = await graph.post(`/applications/${id}/removePassword`, { keyId: first["keyId"] });
    expect([again.status, again.body.error?.message]).toEqual([400, "No password credential found with keyId."]);
  });

  it("never lies on the disk in plain text", async () => {
    const { id } = await graph.createDaemon("on disk");
    const secret = await graph.addPassword(id);
    const record = azure.azure.cloud.directory.applications.get(id);
    expect(JSON.stringify(record)).not.toContain(secret);
  });
});

describe("certificates", () => {
  const dates = { notBefore: "2026-01-01T00:00:00Z", notAfter: "2027-01-01T00:00:00Z" };
  const entry = (key: string, change: Record<string, unknown> = {}): Record<string, unknown> => ({
    type: "AsymmetricX509Cert",
    usage: "Verify",
    key,
    ...change,
  });
  const keysOf = async (id: string, query = ""): Promise<readonly GraphBody[]> =>
    (await graph.get(`/applications/${id}${query}`)).body["keyCredentials"] as readonly GraphBody[];

  it("reads PEM text and DER, fills in thumbprint, subject and dates, and hides the key", async () => {
    const { id } = await graph.createDaemon("certificates");
    const certificate = await issueCertificate(dates);
    const der = certificate.pem.replace(/-----[A-Z ]+-----|\s/g, "");
    for (const key of [Buffer.from(certificate.pem).toString("base64"), der]) {
      expect((await graph.patch(`/applications/${id}`, { keyCredentials: [entry(key)] })).status).toBe(204);
      const shown = {
        keyId: expect.any(String) as string,
        type: "AsymmetricX509Cert",
        usage: "Verify",
        displayName: "CN=loader",
        customKeyIdentifier: Buffer.from(certificate.sha1, "base64url").toString("hex").toUpperCase(),
        startDateTime: "2026-01-01T00:00:00Z",
        endDateTime: "2027-01-01T00:00:00Z",
        key: null,
      };
      expect(await keysOf(id)).toEqual([shown]);
      expect(await keysOf(id, "?$select=keyCredentials")).toEqual([{ ...shown, key: der }]);
    }
  });

  it("keeps an entry that comes back without its key, and drops what is not listed", async () => {
    const { id } = await graph.createDaemon("rotated");
    const [first, second] = [await issueCertificate(dates), await issueCertificate(dates)];
    const key = (pem: string): string => Buffer.from(pem).toString("base64");
    await graph.patch(`/applications/${id}`, { keyCredentials: [entry(key(first.pem))] });
    const [known] = await keysOf(id);
    await graph.patch(`/applications/${id}`, { keyCredentials: [known, entry(key(second.pem))] });
    const both = await keysOf(id);
    expect(both).toHaveLength(2);
    expect(both[0]).toEqual(known);
    await graph.patch(`/applications/${id}`, { keyCredentials: [both[1]] });
    expect(await keysOf(id)).toEqual([both[1]]);
  });

  it.each([
    ["an end after the certificate's", { endDateTime: "2027-01-02T00:00:00Z" }, "KeyCredentialsInvalidEndDate"],
    ["a start before the certificate's", { startDateTime: "2025-12-31T00:00:00Z" }, "KeyCredentialsInvalidStartDate"],
    [
      "an end before the start",
      { startDateTime: "2026-06-01T00:00:00Z", endDateTime: "2026-05-01T00:00:00Z" },
      "KeyCredentialsInvalidEndDate",
    ],
    [
      "something else than a certificate",
      { key: Buffer.from("nonsense").toString("base64") },
      "KeyCredentialsInvalidKey",
    ],
    ["no key", { key: null }, "KeyCredentialsInvalidKey"],
    ["a symmetric key", { type: "Symmetric" }, "Request_BadRequest"],
  ])("refuses %s", async (_what, change, code) => {
    const { id } = await graph.createDaemon("refused certificate");
    const { pem } = await issueCertificate(dates);
    const keyCredentials = [entry(Buffer.from(pem).toString("base64"), change)];
    const reply = await graph.patch(`/applications/${id}`, { keyCredentials });
    expect([reply.status, reply.body.error?.code]).toEqual([400, code]);
  });
});

describe("federated identity credentials", () => {
  const credential = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
    name: "github",
    issuer: "https://token.actions.githubusercontent.com",
    subject: "repo:contoso/forecasts:ref:refs/heads/main",
    audiences: ["api://AzureADTokenExchange"],
    ...change,
  });

  it("are made, read by ID and by name, changed and deleted", async () => {
    const { id } = await graph.createDaemon("federated");
    const path = `/applications/${id}/federatedIdentityCredentials`;
    const made = await graph.post(path, credential());
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      "@odata.context": `https://graph.microsoft.com/v1.0/$metadata#applications('${id}')/federatedIdentityCredentials/$entity`,
      id: expect.any(String) as string,
      ...credential({ description: null }),
    });
    const credentialId = made.body.id ?? "";
    expect((await graph.get(`${path}/github`)).body.id).toBe(credentialId);
    const change = credential({ subject: "repo:contoso/forecasts:environment:production" });
    expect((await graph.patch(`${path}/${credentialId}`, change)).status).toBe(204);
    expect((await graph.get(path)).body.value).toEqual([expect.objectContaining(change)]);
    expect((await graph.delete(`${path}/${credentialId}`)).status).toBe(204);
    expect((await graph.get(`${path}/${credentialId}`)).status).toBe(404);
  });

  it.each<[string, Record<string, unknown>, number, string]>([
    ["another of the same name", { subject: "other" }, 409, "Request_MultipleObjectsWithSameKeyValue"],
    ["the same issuer and subject", { name: "again" }, 400, "InvalidFederatedIdentityCredentialValue"],
    ["two audiences", { name: "two", subject: "b", audiences: ["a", "b"] }, 400, "Request_BadRequest"],
    ["a name with spaces", { name: "my credential", subject: "b" }, 400, "Request_BadRequest"],
    ["an issuer without TLS", { name: "plain", issuer: "http://issuer.example" }, 400, "Request_BadRequest"],
    ["no subject", { name: "nobody", subject: undefined }, 400, "Request_BadRequest"],
  ])("refuse %s", async (_what, change, status, code) => {
    const { id } = await graph.createDaemon("refused federation");
    const path = `/applications/${id}/federatedIdentityCredentials`;
    await graph.post(path, credential());
    const reply = await graph.post(path, credential(change));
    expect([reply.status, reply.body.error?.code]).toEqual([status, code]);
  });

  it("number at most twenty", async () => {
    const { id } = await graph.createDaemon("many");
    const path = `/applications/${id}/federatedIdentityCredentials`;
    for (let index = 0; index < 20; index++) {
      const reply = await graph.post(path, credential({ name: `name-${index}`, subject: `subject-${index}` }));
      expect(reply.status).toBe(201);
    }
    expect((await graph.post(path, credential({ name: "one-more", subject: "one more" }))).status).toBe(400);
  });

  it("keep their name", async () => {
    const { id } = await graph.createDaemon("named");
    const path = `/applications/${id}/federatedIdentityCredentials`;
    await graph.post(path, credential());
    expect((await graph.patch(`${path}/github`, { name: "other" })).status).toBe(400);
  });
});

describe("credentials of a service principal", () => {
  it("are secrets of its own that sign it in, until they are removed", async () => {
    const { appId, principalId } = await graph.createDaemon("own secret");
    const made = await graph.post(`/servicePrincipals/${principalId}/addPassword`, {
      passwordCredential: { displayName: "rbac" },
    });
    expect([made.status, made.body["displayName"]]).toEqual([200, "rbac"]);
    const client = { clientId: appId, clientSecret: String(made.body["secretText"]), scope: graphScope };
    expect(await azure.tokenFor(client)).toMatch(/^ey/);
    const { body } = await graph.get(`/servicePrincipals/${principalId}`);
    expect(body["passwordCredentials"]).toEqual([
      expect.objectContaining({ keyId: made.body["keyId"], secretText: null }),
    ]);
    const removed = await graph.post(`/servicePrincipals/${principalId}/removePassword`, { keyId: made.body["keyId"] });
    expect(removed.status).toBe(204);
    await expect(azure.tokenFor(client)).rejects.toThrow("AADSTS7000215");
  });

  it.each(["applications", "servicePrincipals"] as const)(
    "are certificates that the holder of one adds and removes, on %s",
    async (set) => {
      const dates = { notBefore: "2026-02-01T00:00:00Z", notAfter: "2027-02-01T00:00:00Z" };
      const [first, second] = [await issueCertificate(dates), await issueCertificate(dates)];
      const daemon = await graph.createDaemon(`rolls ${set}`);
      const id = set === "applications" ? daemon.id : daemon.principalId;
      const keyCredential = (certificate: typeof first) => ({
        type: "AsymmetricX509Cert",
        usage: "Verify",
        key: Buffer.from(certificate.pem).toString("base64"),
      });
      const keys = async (): Promise<{ keyId: string }[]> =>
        (await graph.get(`/${set}/${id}`)).body["keyCredentials"] as { keyId: string }[];
      const proof = (by: typeof first, iss = id): Promise<string> =>
        new SignJWT({ aud: "00000002-0000-0000-c000-000000000000", iss, nbf: now, exp: now + 600 })
          .setProtectedHeader({ alg: "RS256" })
          .sign(by.privateKey);
      const now = Math.floor(azure.clock.now().getTime() / 1000);
      await graph.patch(`/${set}/${id}`, { keyCredentials: [keyCredential(first)] });

      const add = async (jwt: string) =>
        graph.post(`/${set}/${id}/addKey`, {
          keyCredential: keyCredential(second),
          passwordCredential: null,
          proof: jwt,
        });
      for (const wrong of ["", await proof(second), await proof(first, daemon.appId)]) {
        const refused = await add(wrong);
        expect([refused.status, refused.body.error?.code]).toEqual([401, "Authentication_MissingOrMalformed"]);
      }
      const added = await add(await proof(first));
      expect([added.status, added.body["key"], await keys()]).toMatchObject([200, null, [{}, {}]]);
      const [{ keyId } = { keyId: "" }] = await keys();
      const gone = await graph.post(`/${set}/${id}/removeKey`, { keyId, proof: await proof(second) });
      expect([gone.status, (await keys()).map((key) => key.keyId)]).toEqual([204, [added.body["keyId"]]]);
    },
  );
});

describe("what a PATCH makes where it is missing", () => {
  const prefer = { prefer: "create-if-missing" };

  it("is an application of a unique name", async () => {
    const path = "/applications(uniqueName='loader-one')";
    expect((await graph.patch(path, { displayName: "first" })).status).toBe(404);
    const made = await graph.send("PATCH", path, { displayName: "first" }, prefer);
    expect([made.status, made.body]).toMatchObject([201, { displayName: "first", uniqueName: "loader-one" }]);
    expect((await graph.send("PATCH", path, { displayName: "second" }, prefer)).status).toBe(204);
    expect((await graph.get(path)).body).toMatchObject({ id: made.body.id, displayName: "second" });
    const set = await graph.post("/applications", { displayName: "x", uniqueName: "mine" });
    expect(set.body.error?.message).toBe("Property 'uniqueName' is read-only and cannot be set.");
  });

  it("is a federated identity credential of a name", async () => {
    const { id } = await graph.createDaemon("federated by name");
    const path = `/applications/${id}/federatedIdentityCredentials(name='main')`;
    const body = { issuer: "https://issuer.example", subject: "a", audiences: ["api://AzureADTokenExchange"] };
    expect((await graph.patch(path, body)).status).toBe(404);
    const made = await graph.send("PATCH", path, body, prefer);
    expect([made.status, made.body]).toMatchObject([201, { ...body, name: "main" }]);
    expect((await graph.send("PATCH", path, { subject: "b" }, prefer)).status).toBe(204);
    expect((await graph.get(path)).body).toMatchObject({ id: made.body.id, subject: "b" });
    expect((await graph.delete(path)).status).toBe(204);
  });

  it("is a service principal of an application", async () => {
    const { body } = await graph.post("/applications", { displayName: "principal by app ID" });
    const path = `/servicePrincipals(appId='${String(body.appId)}')`;
    const made = await graph.send("PATCH", path, { notes: "made" }, prefer);
    expect([made.status, made.body]).toMatchObject([201, { appId: body.appId, notes: "made" }]);
    expect((await graph.send("PATCH", path, { notes: "changed" }, prefer)).status).toBe(204);
    expect((await graph.get(path)).body["notes"]).toBe("changed");
  });
});
