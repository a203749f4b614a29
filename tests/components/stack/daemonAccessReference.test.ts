import { DaemonAccessReference } from "../../../components/index";
import * as pulumi from "@pulumi/pulumi";
import { program } from "../../../infra/program";
import { azure } from "../../support/azureMocks";
import { type Mocks, record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";
import { asPulumiHasThem, stackSettings } from "../../support/stackSettings";
import { loader, mailer, ownersOutputs, STACK, VAULT_ID, VAULT_URI } from "./ownersOutputs";

// A busy machine takes seconds to load Azure's SDKs.
jest.setTimeout(60_000);

const readStackOutputs = "pulumi:pulumi:readStackOutputs";

const backend = (outputs: Readonly<Record<string, unknown>>, secretOutputNames: string[] = []): Mocks => ({
  calls: { [readStackOutputs]: ({ name }) => ({ name, outputs, secretOutputNames }) },
  resources: {
    "pulumi:pulumi:StackReference": (_name, { name }) => ({
      id: String(name),
      state: { name, outputs, secretOutputNames },
    }),
  },
});

describe("a daemon access reference", () => {
  it("gives typed outputs", async () => {
    const { outputs } = await record(backend(ownersOutputs), () => {
      const access = new DaemonAccessReference("access", { stack: STACK });
      const { stack, contractVersion, vaultId, vaultName, vaultUri, lakeUrl, daemons } = access;
      return { stack, contractVersion, vaultId, vaultName, vaultUri, lakeUrl, daemons };
    });
    expect(outputs).toEqual({
      stack: STACK,
      contractVersion: 1,
      vaultId: VAULT_ID,
      vaultName: "kv-daemons",
      vaultUri: VAULT_URI,
      lakeUrl: "https://stdaemons.dfs.core.windows.net/",
      daemons: { "forecast-loader": loader, "report-mailer": mailer },
    });
  });

  it("gives one daemon by its name, in the shape of a principal", async () => {
    const { outputs } = await record(backend(ownersOutputs), () => {
      const access = new DaemonAccessReference("access", { stack: STACK, daemons: ["forecast-loader"] });
      const { clientId, objectId, tenantId, secretUris } = access.daemon("forecast-loader");
      return { clientId, objectId, tenantId, uri: secretUris["credential"], names: access.daemons.apply(Object.keys) };
    });
    const { clientId, objectId, tenantId, secretUris } = loader;
    expect(outputs).toEqual({
      clientId,
      objectId,
      tenantId,
      uri: secretUris.credential,
      names: ["forecast-loader"],
    });
  });

  it("gives the URI of one of a daemon's secrets", async () => {
    const { outputs } = await record(backend(ownersOutputs), () => {
      const access = new DaemonAccessReference("access", { stack: STACK });
      return [access.secretUri("forecast-loader"), access.secretUri("forecast-loader", "client-secret")];
    });
    expect(outputs).toEqual([
      `${VAULT_URI}secrets/forecast-loader-credential`,
      `${VAULT_URI}secrets/forecast-loader-client-secret`,
    ]);
  });

  it("registers itself and nothing else", async () => {
    const run = await record(
      backend(ownersOutputs),
      () => new DaemonAccessReference("access", { stack: STACK }).daemons,
    );
    expect(run.resources).toEqual([
      expect.objectContaining({ type: "azure-daemon-access:index:DaemonAccessReference", inputs: {} }),
    ]);
    expect(run.calls).toEqual([readStackOutputs]);
  });

  it("is no secret where the stack has a secret of its own", async () => {
    const outputs = { ...ownersOutputs, password: pulumi.secret("hidden value") };
    const { outputs: secret } = await record(backend(outputs, ["password"]), () => {
      const access = new DaemonAccessReference("access", { stack: STACK });
      return Promise.all([pulumi.isSecret(access.daemons), pulumi.isSecret(access.vaultUri)]);
    });
    expect(secret).toEqual([false, false]);
  });

  it("reads what the stack tells", async () => {
    const settings = { ...stackSettings("dev"), asOf: "2026-04-05T00:00:00Z" };
    const raw = Object.entries(asPulumiHasThem(settings)).map(([key, value]) => [`azure-daemon-access:${key}`, value]);
    pulumi.runtime.setAllConfig(Object.fromEntries(raw) as Record<string, string>);
    const { outputs: told } = await record(azure, program);
    const { outputs } = await record(
      backend(told),
      () => new DaemonAccessReference("access", { stack: STACK }).daemons,
    );
    const of = (daemon: string) => ({
      clientId: told[`${daemon}.clientId`],
      objectId: told[`${daemon}.objectId`],
      tenantId: told[`${daemon}.tenantId`],
      secretUris: { credential: told[`${daemon}.secretUri`] },
      expiresOn: "2026-07-14T00:00:00Z",
      generation: 1,
      nextRotation: "2026-06-30T00:00:00Z",
      consent: told[`${daemon}.consent`],
      adminConsentUrl: told[`${daemon}.adminConsentUrl`],
      permissions: ["User.Read.All"],
    });
    expect(outputs).toEqual({ "forecast-loader": of("forecast-loader"), "report-mailer": of("report-mailer") });
  });

  it("tells every problem of its arguments at once", async () => {
    const args = { stack: "dev", daemons: ["Loader", "report-mailer", "report-mailer"] };
    expect(await problemsOf(() => new DaemonAccessReference("access", args))).toEqual([
      'stack: got "dev"; needed a stack\'s full name, <organization>/<project>/<stack>. Write, for example, "organization/azure-daemon-access/dev". On a self-managed backend the organization is always "organization".',
      expect.stringMatching(/^daemons\[0\]: got "Loader"; needed 1 to 64 lowercase letters/),
      'daemons[2]: got "report-mailer"; needed each daemon once. Remove one of them.',
    ]);
  });
});
