import type { Configuration } from "../../infra/config";
import { existingRoles } from "../../infra/existingRoles";
import { jobRole } from "../../components/ml/jobs";
import { azure, WORKSPACE_ID } from "../support/azureMocks";
import { record } from "../support/mocks";

const OTHER_WORKSPACE = WORKSPACE_ID.replace("rg-daemons", "rg-other");
const daemons = [
  {},
  { machineLearning: { role: "Reader" } },
  { machineLearning: { job: "read" } },
  { machineLearning: { job: "train" } },
  { machineLearning: { job: "deploy", workspaceId: OTHER_WORKSPACE } },
];
const settings = { machineLearningRoles: "existing", workspaceId: WORKSPACE_ID, daemons };
const idOf = (job: string, workspace: string): string => jobRole(job, workspace).definitionId.toLowerCase();

interface Looked {
  readonly asked: readonly string[];
  readonly seen?: readonly string[];
  readonly error?: unknown;
}

/** @param answer what Azure says of a role, by its ID */
async function lookUp(answer: (id: string) => object, changed: object = {}): Promise<Looked> {
  const asked: string[] = [];
  const call = (inputs: Readonly<Record<string, unknown>>) => {
    const id = String(inputs["roleDefinitionId"]);
    asked.push(id);
    return answer(id) as Record<string, unknown>;
  };
  const mocks = { ...azure, calls: { ...azure.calls, "azure-native:authorization:getRoleDefinition": call } };
  let result: Omit<Looked, "asked"> = {};
  await record(mocks, async () => {
    result = await existingRoles({ ...settings, ...changed } as unknown as Configuration).then(
      (seen) => ({ seen: [...seen].sort() }),
      (error: unknown) => ({ error }),
    );
  });
  return { asked, ...result };
}

const found = (id: string): object => ({ id: `/definitions/${id}` });
/** As the engine's answer says it. */
const fails = (details: string) => (): never => {
  throw Object.assign(new Error(details), { details });
};

describe("the roles of jobs that another stack makes", () => {
  it("are those of custom jobs, each in its daemon's workspace", async () => {
    const { asked, seen } = await lookUp(found);
    expect([...asked].sort()).toEqual(
      [jobRole("train", WORKSPACE_ID).guid, jobRole("deploy", OTHER_WORKSPACE).guid].sort(),
    );
    expect(seen).toEqual([idOf("train", WORKSPACE_ID), idOf("deploy", OTHER_WORKSPACE)].sort());
  });

  it.each([
    ["this stack makes them", { machineLearningRoles: "managed" }],
    ["nothing is said of them", { machineLearningRoles: undefined }],
    ["a platform stack has them", { platformStack: { stack: "organization/p/platform" } }],
  ])("are not looked up where %s", async (_, changed) => {
    expect(await lookUp(found, changed)).toEqual({ asked: [], seen: [] });
  });

  it("are refused where they are missing, with the setting that needs each", async () => {
    const { error } = await lookUp(fails("Code=RoleDefinitionDoesNotExist"));
    expect(String(error)).toMatch(
      /2 problems[\s\S]*daemons\[3\]\.machineLearning\.job: got "train"; needed a job whose role exists[\s\S]*daemons\[4\]\.machineLearning\.job: got "deploy"; /,
    );
    expect(String((await lookUp(fails("Status=404"))).error)).toContain("2 problems");
  });

  it.each(["Code=AuthorizationFailed", "Status=403"])(
    "are used unseen by whoever may not read them: %s",
    async (told) => {
      expect(await lookUp(fails(told))).toMatchObject({ seen: [] });
    },
  );

  it("end the run where Azure gives no answer", async () => {
    expect(String((await lookUp(fails("Status=503"))).error)).toContain("Status=503");
  });

  it("have no ID where the program is only examined", async () => {
    expect(await lookUp(() => ({}))).toMatchObject({ seen: [] });
  });
});
