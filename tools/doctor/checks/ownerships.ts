import { everyPage } from "../azure/api";
import type { Ownership } from "../rights/rightsList";
import { unanswered, type Finding } from "./finding";
import type { Patient } from "./patient";

const ALL_APPLICATIONS = "Application.ReadWrite.All";

/** Whether the deployer owns the applications that it takes over: the permission for one's own asks for that. */
export const checkOwnerships = (patient: Patient): Promise<Finding[]> =>
  Promise.all(patient.rights.ownerships.map((ownership) => checkOwnership(ownership, patient)));

async function checkOwnership(
  { application, operations, neededBy }: Ownership,
  { api, directory }: Patient,
): Promise<Finding> {
  const finding = { check: "ownership", subject: application, operations, neededBy } as const;
  if (directory.roles.includes(ALL_APPLICATIONS)) {
    return { ...finding, result: "passed", detail: `by ${ALL_APPLICATIONS}` };
  }
  const answer = await everyPage(api, "graph", `/applications(appId='${application}')/owners?$select=id`);
  if (answer.status === 404) {
    const remedy =
      "Correct existing.clientId in the stack's settings: the tenant has no application with this client ID.";
    return { ...finding, result: "failed", detail: "there is no such application", remedy };
  }
  if (answer.refusal !== undefined) {
    return {
      ...finding,
      ...unanswered("ownership", application, answer.refusal, "Give the deployer Application.Read.All."),
    };
  }
  const owners = (answer.body as { readonly id: string }[]).map(({ id }) => id);
  return owners.includes(directory.oid)
    ? { ...finding, result: "passed" }
    : {
        ...finding,
        result: "failed",
        detail: "the deployer does not own it",
        remedy: `az ad app owner add --id ${application} --owner-object-id ${directory.oid}`,
      };
}
