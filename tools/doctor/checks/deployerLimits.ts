import { z } from "zod";
import { everyPage } from "../azure/api";
import { type Finding, unanswered } from "./finding";
import type { Patient } from "./patient";

/** "Microsoft Entra service limits and restrictions": what somebody without an administrator's role may create, service principals too. */
const OBJECTS_OF_A_DEPLOYER = 250;
/** "Troubleshoot Azure RBAC limits". */
const ROLE_ASSIGNMENTS = 4_000;
/** From which part on a limit is told before it is reached. */
const NEAR = 0.9;

const APPLICATION = "azuread:index/application:Application";
const DIRECTORY_OBJECTS = [APPLICATION, "azuread:index/servicePrincipal:ServicePrincipal"];
const ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment";

/** Template IDs of Global, Application, Cloud Application, Groups and User Administrator. */
const ADMINISTRATORS = [
  "62e90394-69f5-4237-9190-012177145e10",
  "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
  "158c047a-c907-4556-b7ef-446551a6b5f7",
  "fdd7a751-b60b-444a-984c-02652fe8fa1c",
  "fe930be7-5e62-47db-91af-98c3a49a38b1",
];

const owned = z.array(z.object({ displayName: z.string().nullish() }));
const assignments = z.array(z.object({ id: z.string() }));

/** Limits that many stacks reach together: what one deployer owns in Entra ID, and the role assignments of the subscription. */
export async function checkDeployerLimits(patient: Patient): Promise<Finding[]> {
  return (await Promise.all([checkOwnedObjects(patient), checkRoleAssignments(patient)])).flat();
}

async function checkOwnedObjects({ api, directory, recording }: Patient): Promise<Finding[]> {
  const declared = recording.resources.filter(({ row, read }) => DIRECTORY_OBJECTS.includes(row.type) && !read);
  if (declared.length === 0 || directory.wids.some((role) => ADMINISTRATORS.includes(role))) return [];
  const subject = "objects that the deployer owns in Entra ID";
  const set = directory.isPerson ? "users" : "servicePrincipals";
  const answer = await everyPage(api, "graph", `/${set}/${directory.oid}/ownedObjects?$select=id,displayName`);
  if (answer.refusal !== undefined) {
    return [unanswered("quota", subject, answer.refusal, "Give the deployer Application.Read.All.")];
  }
  const present = owned.parse(answer.body);
  const names = new Set(
    declared.filter(({ row }) => row.type === APPLICATION).map(({ inputs }) => inputs["displayName"]),
  );
  const made = present.filter(({ displayName }) => names.has(displayName)).length;
  const remedy =
    "Deploy some of the stacks as another identity, or delete what nobody uses. What was deleted counts for 30 days, until it is purged.";
  const needed = present.length + Math.max(0, declared.length - made);
  return [limitFinding(subject, { used: present.length, needed, limit: OBJECTS_OF_A_DEPLOYER, remedy })];
}

async function checkRoleAssignments({ api, recording }: Patient): Promise<Finding[]> {
  const declared = recording.resources.filter(({ row, read }) => row.type === ROLE_ASSIGNMENT && !read).length;
  if (declared === 0) return [];
  const subject = "role assignments of the subscription";
  const scope = `/subscriptions/${recording.place.subscriptionId}`;
  const path = `${scope}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`;
  const answer = await everyPage(api, "arm", path);
  if (answer.refusal !== undefined) {
    const remedy =
      "Give the deployer Microsoft.Authorization/roleAssignments/read on the subscription, for example by the role Reader.";
    return [unanswered("quota", subject, answer.refusal, remedy)];
  }
  // Those of management groups hold here too, and count there.
  const used = assignments
    .parse(answer.body)
    .filter(({ id }) => id.toLowerCase().startsWith(`${scope.toLowerCase()}/`));
  const remedy =
    "Delete assignments that nobody uses, give roles to groups in place of their members, or deploy stacks to another subscription.";
  // Which of the stack's are there already is not known, so that only a full subscription is a failure.
  return [limitFinding(subject, { used: used.length, needed: used.length + 1, limit: ROLE_ASSIGNMENTS, remedy })];
}

interface Limit {
  readonly used: number;
  /** With what the stack adds. */
  readonly needed: number;
  readonly limit: number;
  readonly remedy: string;
}

/** A limit that is near is worth knowing before a run fails on it. */
function limitFinding(subject: string, { used, needed, limit, remedy }: Limit): Finding {
  const finding = { check: "quota", subject, detail: `${used} of ${limit} used` } as const;
  if (needed > limit) return { ...finding, result: "failed", remedy };
  return needed > limit * NEAR ? { ...finding, result: "note", remedy } : { ...finding, result: "passed" };
}
