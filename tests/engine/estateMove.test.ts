import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { resourceGroupId, resourceGroups } from "../../local/azure/landingZone/layout";
import { signIn } from "../support/signIn";
import { EstateProject, platformOf } from "./support/estateProject";

jest.setTimeout(300_000);

const vaultScope = "https://vault.azure.net/.default";
const graphScope = "https://graph.microsoft.com/.default";

const loader = {
  name: "forecast-loader",
  secret: { rotation: { startsAt: "2026-01-01T00:00:00Z" } },
  graph: { permissions: ["User.Read.All"] },
  lake: { fileSystem: "forecasts" },
};
const mailer = { name: "report-mailer", secret: { rotation: { startsAt: "2026-01-01T00:00:00Z" } } };

const PAUSE_MS = 100;

/** Reads the daemon's credential, signs in with it and calls Graph, some times a second: without a pause it would take a core. */
class CallingClient {
  calls = 0;
  readonly failures: string[] = [];
  #isStopped = false;
  readonly #ended: Promise<void>;

  constructor(
    private readonly project: EstateProject,
    readonly secretUri: string,
  ) {
    this.#ended = this.#call();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#ended;
  }

  async #call(): Promise<void> {
    const { local } = this.project;
    while (!this.#isStopped) {
      const found = await local.call("consumer", vaultScope, "GET", `${this.secretUri}?api-version=7.5`);
      const { value = "{}" } = found.body as { readonly value?: string };
      const { clientId = "", clientSecret = "" } = JSON.parse(value) as { clientId?: string; clientSecret?: string };
      const form = { client_id: clientId, client_secret: clientSecret, scope: graphScope };
      const { body } = await signIn(local, form);
      const headers = { authorization: `Bearer ${body.access_token ?? ""}` };
      const { status } = await local.fetch("https://graph.microsoft.com/v1.0/users", { headers });
      this.calls += 1;
      if (status !== 200) this.failures.push(`${found.status}, ${body.error ?? "signed in"}, ${status}`);
      await setTimeout(PAUSE_MS);
    }
  }
}

describe("a daemon that calls all the while", () => {
  let project: EstateProject;
  let client: CallingClient;

  beforeAll(async () => {
    project = await EstateProject.open();
    project.allowSecrets(resourceGroupId(resourceGroups.daemons));
    // A single stack that becomes the platform before its daemons move out.
    project.write("dev", { ...platformOf(["daemons"], ["forecasts"]), daemons: [loader, mailer] });
    project.write("forecasting", { platformStack: { stack: "organization/azure-daemon-access/dev" }, daemons: [] });
    const up = await project.estate(["up", "--create"]);
    expect(up.stdout).toContain("2 done.");
    const { stdout } = await project.pulumi("stack", "output", "forecast-loader.secretUri", "--stack", "dev");
    client = new CallingClient(project, stdout.trim());
  });

  afterAll(async () => {
    await client.stop();
    await project.close();
  });

  const move = ["move", "forecast-loader", "--from", "dev", "--to", "forecasting"];
  const journal = (): boolean => existsSync(join(project.directory, ".daemon-access-move.json"));

  it("moves to its team's stack by the same command after a kill in the middle, and a run in between loses nothing", async () => {
    project.write("dev", {
      ...platformOf(["daemons"], ["forecasts"]),
      daemons: [loader, { ...mailer, displayName: "Mailer" }],
    });
    // Another run of the stack ends after the move has read its state for the first step.
    project.interpose(`
case "$*" in
  "stack export "*"--stack dev "*)
    printf x >>exports
    state="$(pulumi "$@")" || exit
    [ "$(wc -c <exports)" -ne 2 ] || pulumi up --yes --skip-preview --stack dev >run 2>&1
    printf '%s\\n' "$state" ;;
  *) exec pulumi "$@" ;;
esac
`);
    const killed = await project.estate(move, (text, child) => {
      if (text.includes("5 of 7")) child.kill("SIGKILL");
    });
    expect(killed.stderr).toContain("dev was deployed meanwhile: reading its state again\n");
    expect(readFileSync(join(project.directory, "run"), "utf8")).toContain("1 updated");
    expect({ code: killed.code, journal: journal() }).toEqual({ code: null, journal: true });
    expect(await project.estate(["up", "--stack", "forecasting"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        "forecast-loader is in the middle of its move from dev to forecasting.",
      ) as string,
    });
    const { code, stdout, stderr } = await project.estate(move);
    expect(`${stdout}${stderr}`).toContain("Neither preview changes anything in Azure.");
    expect({ code, journal: journal() }).toEqual({ code: 0, journal: false });
    expect(project.read("dev")).not.toContain("forecast-loader");
    expect(project.read("forecasting")).toContain("forecast-loader");
  });

  it("is not changed by the next deployment of either stack", async () => {
    for (const stack of ["dev", "forecasting"]) {
      const up = await project.pulumi("up", "--stack", stack, "--yes", "--skip-preview");
      expect(up.code).toBe(0);
      expect(up.stdout).not.toMatch(/(updated|deleted|replaced)\n/);
    }
  });

  it("is renamed: a preview replaces and deletes nothing, and its secret in the vault keeps the name that its readers know", async () => {
    const renamed = {
      ...loader,
      name: "forecast-importer",
      formerName: "forecast-loader",
      nameInVault: "forecast-loader",
    };
    project.write("forecasting", {
      platformStack: { stack: "organization/azure-daemon-access/dev" },
      daemons: [renamed],
    });
    const preview = await project.pulumi("preview", "--stack", "forecasting", "--json");
    const { changeSummary } = JSON.parse(preview.stdout) as { readonly changeSummary: Record<string, number> };
    expect(Object.keys(changeSummary).sort()).toEqual(["same", "update"]);
    expect(await project.estate(["up", "--stack", "forecasting"])).toMatchObject({ code: 0 });
    const { stdout } = await project.pulumi("stack", "output", "forecast-importer.secretUri", "--stack", "forecasting");
    expect(stdout.trim()).toBe(client.secretUri);
    const again = await project.pulumi("preview", "--stack", "forecasting", "--expect-no-changes");
    expect(again.code).toBe(0);
  });

  it("has made no call that failed", async () => {
    await client.stop();
    expect(client.failures).toEqual([]);
    expect(client.calls).toBeGreaterThan(10);
  });
});
