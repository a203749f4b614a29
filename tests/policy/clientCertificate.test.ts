import { ClientCertificate } from "../../components/index";
import { azure } from "../support/azureMocks";
import { issueCertificate } from "../support/certificates";
import { record } from "../support/mocks";
import { findOn } from "./support/findings";

const asOf = "2030-02-01T00:00:00Z";

/** What the rules find on a certificate as ClientCertificate declares it. */
async function found(notAfter: string): Promise<string[]> {
  const { pem } = await issueCertificate({ notBefore: "2030-01-01T00:00:00Z", notAfter });
  const run = await record(
    azure,
    () =>
      new ClientCertificate("loader", {
        application: { applicationId: "/applications/4be1c5a0-9d37-4f62-8a1b-6c7d8e9f0a1b" },
        certificates: [{ name: "2030-01", pem, secretUri: "https://kv.vault.azure.net/secrets/loader-2030-01" }],
        asOf,
      }),
  );
  const { type, name, inputs } = run.resource("loader-certificate-2030-01");
  const props = { ...inputs, value: pem };
  return findOn({ type, name, props }, { "certificate-lifetime": { asOf } }).map(({ rule }) => rule);
}

it("a certificate that the component declares keeps every rule", async () => {
  expect(await found("2030-06-01T00:00:00Z")).toEqual([]);
});

it("one that lives longer than a year does not, known already at preview", async () => {
  expect(await found("2031-06-01T00:00:00Z")).toEqual(["certificate-lifetime"]);
});
