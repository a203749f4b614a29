import { MachineLearningRole, type MachineLearningRoleArgs } from "../../../components/index";
import { customJobs, jobRole } from "../../../components/ml/jobs";
import { azure, GROUP_ID, roleDefinition, WORKSPACE_ID } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

const workspaceId = WORKSPACE_ID;
const prefix = "Microsoft.MachineLearningServices/workspaces";
const made = (args: Partial<MachineLearningRoleArgs>) =>
  record(azure, () => {
    const { roleDefinitionId, roleName } = new MachineLearningRole("labelling", { workspaceId, ...args });
    return { roleDefinitionId, roleName };
  });

describe("a role in workspaces", () => {
  it("is a custom role of the resource group, with what the job needs", async () => {
    const run = await made({ job: "call" });
    const { guid } = jobRole("call", workspaceId);
    expect(run.resource("labelling-role").inputs).toEqual({
      roleDefinitionId: guid,
      scope: GROUP_ID,
      roleName: "Daemon: call in rg-daemons (b1e8d2f3)",
      roleType: "CustomRole",
      description: "Calls online endpoints, with tokens of Entra ID or of the endpoint.",
      permissions: [
        {
          actions: [
            `${prefix}/onlineEndpoints/read`,
            `${prefix}/onlineEndpoints/score/action`,
            `${prefix}/onlineEndpoints/token/action`,
          ],
          notActions: [],
          dataActions: [],
          notDataActions: [],
        },
      ],
      assignableScopes: [GROUP_ID],
    });
    expect(run.outputs).toEqual({
      roleDefinitionId: roleDefinition(guid),
      roleName: "Daemon: call in rg-daemons (b1e8d2f3)",
    });
  });

  it("is one's own, with one's own actions", async () => {
    const run = await made({
      actions: [`${prefix}/labeling/labels/*`],
      notActions: [`${prefix}/labeling/labels/delete`],
      description: "Labels pictures.",
    });
    expect(run.resource("labelling-role").inputs).toMatchObject({
      roleName: "labelling in rg-daemons (b1e8d2f3)",
      description: "Labels pictures.",
      permissions: [{ actions: [`${prefix}/labeling/labels/*`], notActions: [`${prefix}/labeling/labels/delete`] }],
    });
  });

  it.each(customJobs)("gives no right over rights, computes or keys to the job %s", (job) => {
    const { actions } = jobRole(job, workspaceId);
    const keys = actions.filter((action) => /listkeys|regeneratekeys|listsecrets/i.test(action));
    expect(actions.every((action) => action.startsWith(`${prefix}/`))).toBe(true);
    expect(actions.filter((action) => /\*/.test(action) && !action.endsWith("*/read"))).toEqual([]);
    expect(actions.filter((action) => action.includes("/computes/"))).toEqual([]);
    expect(keys).toEqual(job === "call-with-keys" ? [`${prefix}/onlineEndpoints/listKeys/action`] : []);
  });

  it.each<[string, Partial<MachineLearningRoleArgs>, string[]]>([
    [
      "neither a job nor actions",
      {},
      ['job: got nothing; needed exactly one of job and actions. Write, for example, "train".'],
    ],
    [
      "both",
      { job: "train", actions: [`${prefix}/read`] },
      ['job: got "train"; needed exactly one of job and actions. Remove one of them.'],
    ],
    [
      "a job that has a built-in role",
      { job: "read" },
      [
        'job: got "read"; needed a job that has a custom role: "train", "deploy", "call", "call-with-keys". Choose one of these.',
      ],
    ],
    [
      "actions of other services, and a workspace that is none",
      { workspaceId: "mlw", actions: ["*"], notActions: ["Microsoft.Authorization/*"] },
      [
        expect.stringContaining(
          'workspaceId: got "mlw"; needed the resource ID of an Azure Machine Learning workspace.',
        ),
        'actions[0]: got "*"; needed an action of Microsoft.MachineLearningServices. Write, for example, "Microsoft.MachineLearningServices/workspaces/read".',
        'notActions[0]: got "Microsoft.Authorization/*"; needed an action of Microsoft.MachineLearningServices. Write, for example, "Microsoft.MachineLearningServices/workspaces/read".',
      ] as string[],
    ],
  ])("refuses %s", async (_what, args, problems) => {
    expect(await problemsOf(() => new MachineLearningRole("labelling", { workspaceId, ...args }))).toEqual(problems);
  });
});
