import type { Answer, Api, ServiceName } from "../../../../tools/doctor/azure/api";
import { checkDeployerLimits } from "../../../../tools/doctor/checks/deployerLimits";
import type { Patient } from "../../../../tools/doctor/checks/patient";
import { rightsOf } from "../../../../tools/doctor/rights/rightsList";
import { daemon, place, recordingOf } from "../support/stackRights";

interface Azure {
  /** Display names of what the deployer owns. */
  readonly owned?: readonly string[];
  readonly assignments?: number;
  readonly refuses?: ServiceName;
  readonly directoryRoles?: readonly string[];
}

const subscription = `/subscriptions/${place.subscriptionId}`;

async function limitsOf({ owned = [], assignments = 10, refuses, directoryRoles = [] }: Azure) {
  const lists: Readonly<Record<string, readonly object[]>> = {
    graph: owned.map((displayName) => ({ id: displayName, displayName })),
    arm: [
      ...Array.from({ length: assignments }, (_, index) => ({
        id: `${subscription}/providers/Microsoft.Authorization/roleAssignments/${index}`,
      })),
      {
        id: "/providers/Microsoft.Management/managementGroups/all/providers/Microsoft.Authorization/roleAssignments/x",
      },
    ],
  };
  const asked: string[] = [];
  const get = (service: ServiceName, address: string): Promise<Answer> => {
    asked.push(address);
    const refusal = { code: "AuthorizationFailed", message: "no" };
    return Promise.resolve(
      service === refuses
        ? { status: 403, body: undefined, refusal }
        : { status: 200, body: { value: lists[service] } },
    );
  };
  const claims = { oid: "deployer", tid: "t", appid: "a", isPerson: false, roles: [], wids: directoryRoles };
  const api: Api = { get, post: get, claims: () => Promise.resolve(claims) };
  const recording = await recordingOf([daemon()], { readers: [{ objectId: "1a7b8c2e-3f54-4609-9d8e-b2c1f0a6d573" }] });
  const rights = rightsOf(recording, "test");
  const patient: Patient = { api, recording, rights, azure: claims, directory: claims };
  const findings = await checkDeployerLimits(patient);
  return { asked, told: findings.map(({ subject, result, detail }) => [subject, result, detail]), findings };
}

const OBJECTS = "objects that the deployer owns in Entra ID";
const ROLES = "role assignments of the subscription";
const objects = (count: number): string[] => Array.from({ length: count }, (_, index) => `app ${index}`);

describe("limits that many stacks reach together", () => {
  it("are passed while enough is left, told when they are near, and failed when the stack does not fit", async () => {
    expect((await limitsOf({ owned: objects(3) })).told).toEqual([
      [OBJECTS, "passed", "3 of 250 used"],
      [ROLES, "passed", "10 of 4000 used"],
    ]);
    expect((await limitsOf({ owned: objects(226), assignments: 3_700 })).told).toEqual([
      [OBJECTS, "note", "226 of 250 used"],
      [ROLES, "note", "3700 of 4000 used"],
    ]);
    const { told, findings } = await limitsOf({ owned: objects(249), assignments: 4_000 });
    expect(told).toEqual([
      [OBJECTS, "failed", "249 of 250 used"],
      [ROLES, "failed", "4000 of 4000 used"],
    ]);
    for (const { remedy } of findings) expect(remedy).toMatch(/another (identity|subscription)/);
  });

  it("count what the stack has made already once", async () => {
    const own = daemon() as { readonly displayName?: string; readonly name: string };
    const name = own.displayName ?? own.name;
    expect((await limitsOf({ owned: [...objects(248), name, name] })).told[0]).toEqual([
      OBJECTS,
      "note",
      "250 of 250 used",
    ]);
  });

  it("do not bind an administrator", async () => {
    const { told } = await limitsOf({ directoryRoles: ["9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"] });
    expect(told.map(([subject]) => subject)).toEqual([ROLES]);
  });

  it("are unknown where the deployer may not ask", async () => {
    expect((await limitsOf({ refuses: "arm" })).told[1]).toEqual([ROLES, "unknown", undefined]);
    expect((await limitsOf({ refuses: "graph" })).told[0]).toEqual([OBJECTS, "unknown", undefined]);
  });
});
