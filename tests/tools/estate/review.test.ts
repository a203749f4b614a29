import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { UsageError } from "../../../tools/cli/failure";
import type { PreviewRequest } from "../../../tools/review/preview/source";
import { runTool, type Told } from "../cli/runTool";
import { application, openTo, vault } from "../review/support/daemon";
import { outputsEvent, previewed } from "../review/support/events";
import { UNKNOWN } from "../../support/engineMarks";

const SETTING = "daemon-access:plannedPlatform";
const today = { platformVersion: 1, readers: [] };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "estate-review-test-"));
  writeFileSync(join(directory, "Pulumi.yaml"), "name: daemons\nruntime: nodejs\n");
  writeFileSync(join(directory, "Pulumi.platform.yaml"), "config:\n  daemons:platform: { vaults: [a] }\n");
  for (const stack of ["forecasting", "reporting"]) {
    writeFileSync(
      join(directory, `Pulumi.${stack}.yaml`),
      `encryptionsalt: v1:kept\nconfig:\n  # who owns it\n  daemons:platformStack: { stack: o/daemons/platform }\n`,
    );
  }
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** What each preview was asked for, with the settings that it was given. */
interface Asked {
  readonly stack: string;
  readonly file: string | undefined;
  readonly settings:
    { readonly encryptionsalt?: string; readonly config?: Readonly<Record<string, string>> } | undefined;
}

async function review(...args: string[]): Promise<Told & { readonly asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  const platform = previewed(
    [vault(openTo(["198.51.100.0/24", "203.0.113.0/24"]))],
    outputsEvent(today, { ...today, readers: [{ objectId: "r" }], "vaultId.b": UNKNOWN }),
  );
  const preview = async ({ stack, settingsFile }: PreviewRequest) => {
    const settings =
      settingsFile === undefined ? undefined : (parse(readFileSync(settingsFile, "utf8")) as Asked["settings"]);
    asked.push({ stack, file: settingsFile, settings });
    await Promise.resolve();
    if (stack === "reporting") throw new UsageError("--stack: reporting can't be opened.");
    return stack === "platform" ? platform : previewed([application(["User.Read.All"])]);
  };
  const told = await runTool(["estate", "review", "--cwd", directory, "--parallel", "1", ...args], { preview });
  return { ...told, asked };
}

it("previews teams on what their platform is to offer, in a copy of their settings that does not stay", async () => {
  const { code, asked } = await review("--stack", "platform", "--stack", "forecasting");
  expect({ code, stacks: asked.map(({ stack }) => stack) }).toEqual({ code: 0, stacks: ["platform", "forecasting"] });
  const [first, second] = asked;
  expect(first?.file).toBeUndefined();
  expect(second?.settings?.encryptionsalt).toBe("v1:kept");
  expect(JSON.parse(second?.settings?.config?.[SETTING] ?? "")).toEqual({
    stack: "o/daemons/platform",
    outputs: { platformVersion: 1, readers: [{ objectId: "r" }] },
    pending: ["vaultId.b"],
  });
  expect(() => readFileSync(second?.file ?? "")).toThrow("ENOENT");
  expect(readFileSync(join(directory, "Pulumi.forecasting.yaml"), "utf8")).not.toContain(SETTING);
});

it("goes on where a stack cannot be opened, and says that first, with what the platform is still to make", async () => {
  const { code, stdout } = await review("--json");
  const { stacks, access } = JSON.parse(stdout) as {
    readonly stacks: readonly unknown[];
    readonly access: { readonly changes: readonly { readonly text: string; readonly stacks: string[] }[] };
  };
  expect(code).toBe(1);
  expect(stacks[0]).toEqual({
    stack: "reporting",
    ok: false,
    reason:
      "--stack: reporting can't be opened. platform is still to make vaultId.b. If the stack needs it, deploy platform first.",
  });
  expect(access.changes).toMatchObject([{ text: "vault kv-daemons opens to 198.51.100.0/24" }]);
});

it("leaves a team on today's platform where the platform is not reviewed with it", async () => {
  const { asked } = await review("--stack", "forecasting");
  expect(asked).toEqual([{ stack: "forecasting", file: undefined, settings: undefined }]);
});

it("ends with 3 on what --fail-on names, and writes both documents", async () => {
  const [markdown, json] = [join(directory, "review.md"), join(directory, "review.json")];
  const files = ["--markdown-file", markdown, "--json-file", json];
  const { code } = await review("--stack", "platform", "--fail-on", "access", ...files);
  expect(code).toBe(3);
  expect(readFileSync(markdown, "utf8")).toContain("Stacks `platform`: 1 access change");
  expect(JSON.parse(readFileSync(json, "utf8"))).toMatchObject({ stack: "platform", stacks: [{ ok: true }] });
});
