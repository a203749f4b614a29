import fc from "fast-check";
import { parseCredential } from "../../../tools/verify/credential";
import { credential } from "./fixtures";

const told = (secret: string): string => {
  try {
    parseCredential(secret);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the credential was accepted");
};

describe("the credential in the vault", () => {
  it("is read with all of its access blocks", () => {
    expect(parseCredential(JSON.stringify(credential))).toEqual(credential);
  });

  it("is read without any access block", () => {
    const { graph, lake, machineLearning, ...rest } = credential;
    expect([graph, lake, machineLearning]).not.toContain(undefined);
    expect(parseCredential(JSON.stringify(rest))).toEqual(rest);
  });

  it("is read when a newer stack added a field", () => {
    expect(parseCredential(JSON.stringify({ ...credential, colour: "green" }))).toEqual(credential);
  });

  it("is refused with every missing and wrong field named", () => {
    const { clientId, ...rest } = credential;
    expect(clientId).toBeDefined();
    const broken = { ...rest, tenantId: "contoso", graph: { ...credential.graph, consent: "maybe" } };
    expect(told(JSON.stringify(broken))).toBe(
      "The secret is not a credential of this stack. tenantId: is not a GUID; clientId: Invalid input: expected string, " +
        'received undefined; graph.consent: Invalid option: expected one of "grant"|"request"|"external".',
    );
  });

  it("is refused in a version that is not known", () => {
    expect(told(JSON.stringify({ ...credential, version: 3 }))).toContain(
      "version: is not a version this program knows (1, 2)",
    );
  });

  describe("without a client secret", () => {
    const { clientSecret, notBefore, expiresOn, generation, ...rest } = credential;
    const bare = { ...rest, version: 2 };
    const certificate = {
      secretUri: "https://kv-daemons.vault.azure.net/secrets/forecast-loader-certificate",
      thumbprint: "0123456789abcdef0123456789abcdef01234567",
      notBefore,
      expiresOn,
    };
    const federated = [
      { issuer: "https://issuer.example", subject: "workload", audience: "api://AzureADTokenExchange" },
    ];

    it.each([
      ["a certificate", { certificate, notBefore, expiresOn }],
      ["federated credentials", { federated }],
      ["a managed identity", { managedIdentity: { resourceId: "/subscriptions/s/id" } }],
      ["a certificate and federated credentials", { certificate, federated, notBefore, expiresOn }],
    ])("is read with %s", (_, kinds) => {
      expect(parseCredential(JSON.stringify({ ...bare, ...kinds }))).toEqual({ ...bare, ...kinds });
    });

    it("is refused where nothing else proves who the daemon is", () => {
      expect([clientSecret, generation]).not.toContain(undefined);
      expect(told(JSON.stringify(bare))).toBe(
        "The secret is not a credential of this stack. the whole: has neither clientSecret, certificate, federated nor managedIdentity.",
      );
    });

    it("is refused in version 1, whose readers expect the secret", () => {
      expect(told(JSON.stringify({ ...bare, version: 1, certificate }))).toContain("clientSecret: is missing");
    });

    it("is refused with a thumbprint that is none", () => {
      const broken = { ...certificate, thumbprint: "ASNFZ4mrze8BI0VniavN7wEjRWc" };
      expect(told(JSON.stringify({ ...bare, certificate: broken }))).toContain(
        "certificate.thumbprint: is not a SHA-1 thumbprint in hexadecimal",
      );
    });
  });

  it("is refused when it is the bare value of a client secret, without showing it", () => {
    expect(told("kX8~bare-client-secret")).toBe(
      "The secret is not JSON, so it is not a secret of the format credential.",
    );
  });

  it.each(["http://lake.dfs.core.windows.net/", "lake.dfs.core.windows.net"])("sends no token to %s", (url) => {
    expect(told(JSON.stringify({ ...credential, lake: { ...credential.lake, url } }))).toContain(
      "lake.url: is not an https:// address",
    );
  });

  it("never shows what stands in it, whatever is wrong with it", () => {
    const field = fc.constantFrom(...Object.keys(credential));
    const secret = fc.stringMatching(/^[QXZ0-9~_]{12,40}$/);
    fc.assert(
      fc.property(field, secret, (name, value) => {
        const text = JSON.stringify({ ...credential, [name]: { wrong: value }, clientSecret: value });
        if (name !== "clientSecret") {
          expect(told(text)).not.toContain(value);
        }
      }),
    );
  });
});
