import { everyPage } from "../azure/api";
import { unanswered, type Finding } from "./finding";
import type { Patient } from "./patient";

const TYPE = "azuread:index/application:Application";

interface Found {
  readonly id: string;
  readonly appId: string;
}

/** Whether the display names of new applications are free; a deleted one of the same name is worth knowing. */
export async function checkApplications(patient: Patient): Promise<Finding[]> {
  const names = patient.recording.resources
    .filter(({ row, inputs, read }) => row.type === TYPE && !read && inputs["preventDuplicateNames"] === true)
    .map(({ inputs }) => String(inputs["displayName"]));
  return (await Promise.all(names.map((name) => checkName(name, patient)))).flat();
}

async function checkName(name: string, { api, directory }: Patient): Promise<Finding[]> {
  const finding = { check: "displayName", subject: name } as const;
  const filter = `$filter=${encodeURIComponent(`displayName eq '${name.replaceAll("'", "''")}'`)}&$select=id,appId`;
  const present = await everyPage(api, "graph", `/applications?${filter}`);
  if (present.refusal !== undefined) {
    return [unanswered("displayName", name, present.refusal, "Give the deployer Application.Read.All.")];
  }
  const [first] = present.body as readonly Found[];
  if (first !== undefined) {
    const owners = await everyPage(api, "graph", `/applications/${first.id}/owners?$select=id`);
    const isOwn = ((owners.body ?? []) as readonly { readonly id: string }[]).some(({ id }) => id === directory.oid);
    return [
      isOwn
        ? {
            ...finding,
            result: "note",
            detail: `${first.appId} has it, and the deployer owns it: it belongs to this stack or to another`,
          }
        : {
            ...finding,
            result: "failed",
            detail: `${first.appId} has it, and the deployer does not own it`,
            remedy: "Set the daemon's displayName to another, or take the application over with existing.clientId.",
          },
    ];
  }
  const deleted = await everyPage(api, "graph", `/directory/deletedItems/microsoft.graph.application?${filter}`);
  const [gone] = (deleted.refusal === undefined ? deleted.body : []) as readonly Found[];
  const detail =
    gone === undefined ? undefined : `a deleted application had it, ${gone.appId}; it can be restored for 30 days`;
  return [detail === undefined ? { ...finding, result: "passed" } : { ...finding, result: "note", detail }];
}
