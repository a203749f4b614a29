import type { JsonReport } from "../../tools/verify/report";
import { HostedStack } from "./support/hostedStack";

jest.setTimeout(300_000);

let stack: HostedStack;
let secretUri: string;

/** Deletes the loader's secret at the vault, as somebody with a role there does. */
async function deleteSecret(): Promise<void> {
  const url = `${secretUri}?api-version=7.4`;
  expect(await stack.local.call("deployer", "https://vault.azure.net/.default", "DELETE", url)).toMatchObject({
    status: 200,
  });
}

async function verified(...args: string[]): Promise<{ readonly code: number | null; readonly report: JsonReport }> {
  const { code, stdout } = await stack.cli.run("verify", "--json", ...args);
  return { code, report: JSON.parse(stdout) as JsonReport };
}

beforeAll(async () => {
  stack = await HostedStack.open();
  const { outputs } = await stack.documentOf("up", "--no-policy");
  secretUri = String(outputs?.["forecast-loader.secretUri"]);
  await deleteSecret();
});

afterAll(() => stack.close());

describe("a daemon's secret that somebody has deleted from the vault", () => {
  it("is what verify says is missing, with the command that brings it back", async () => {
    const { code, report } = await verified();
    expect({ code, ok: report.ok }).toEqual({ code: 1, ok: false });
    expect(report.checks.filter(({ result }) => result === "failed")).toEqual([
      expect.objectContaining({
        daemon: "forecast-loader",
        check: "vault.read",
        reason: expect.objectContaining({ status: 404, code: "SecretNotFound" }) as unknown,
        remedy: expect.stringContaining("`npm run local -- recover`") as string,
      }),
    ]);
  });

  it("is of no concern where another daemon is verified, or another secret", async () => {
    const daemon = await verified("--daemon", "report-mailer");
    expect(daemon).toMatchObject({ code: 0, report: { ok: true } });
    const secret = await verified("--secret", secretUri.replace("forecast-loader", "report-mailer"));
    expect(secret).toMatchObject({ code: 0, report: { ok: true } });
    for (const { report } of [daemon, secret]) {
      expect(new Set(report.checks.map((check) => check.daemon))).toEqual(new Set(["report-mailer"]));
    }
  });

  it("is back after recover, which changes nothing else", async () => {
    const document = await stack.documentOf("recover");
    expect(document).toMatchObject({ ok: true, recovered: ["forecast-loader-credential"], imported: [] });
    expect(await verified()).toMatchObject({ code: 0, report: { ok: true } });
  });

  it("is back where a refresh has let go of it too: recovered, taken into the state, updated", async () => {
    await deleteSecret();
    await stack.succeed("refresh");
    const document = await stack.documentOf("recover");
    expect(document).toMatchObject({ ok: true, imported: ["forecast-loader-credential"] });
    const { changes, verify } = await stack.documentOf("deploy");
    expect(Object.keys(changes)).toEqual(["unchanged"]);
    expect(verify).toMatchObject({ ok: true, counts: { failed: 0 } });
  });

  it("is not looked for by a daemon that the stack has not", async () => {
    const { code, stderr } = await stack.cli.run("verify", "--daemon", "nobody");
    expect(code).toBe(2);
    expect(stderr).toContain("--daemon: the stack dev has no nobody; it has forecast-loader, report-mailer.");
  });
});
