import { z } from "zod";
import { everyPage } from "../azure/api";
import { apiVersionOf } from "../azure/providers";
import { unanswered, type Finding } from "./finding";
import type { Patient } from "./patient";

/** What one application may have. */
const FEDERATED_CREDENTIALS = 20;
const FEDERATED = "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential";
const ACCOUNT = "azure-native:storage:StorageAccount";
const DIRECTORY_OBJECTS = ["azuread:index/application:Application", "azuread:index/servicePrincipal:ServicePrincipal"];

const usages = z.array(
  z.object({ currentValue: z.number(), limit: z.number(), name: z.object({ value: z.string() }) }),
);
const organizations = z.array(
  z.object({ directorySizeQuota: z.object({ used: z.number(), total: z.number() }).nullish() }),
);

/** Whether the quotas allow what the stack makes: storage accounts, federated credentials, objects of the directory. */
export async function checkQuotas(patient: Patient): Promise<Finding[]> {
  const findings = await Promise.all([
    ...accountRegions(patient).map((region) => checkAccounts(region, patient)),
    ...federatedApplications(patient).map((application) => checkFederatedCredentials(application, patient)),
    checkDirectory(patient),
  ]);
  return findings.flat();
}

const accountRegions = ({ recording }: Patient): string[] => [
  ...new Set(
    recording.resources
      .filter(({ row, read }) => row.type === ACCOUNT && !read)
      .flatMap(({ inputs }) => (typeof inputs["location"] === "string" ? [inputs["location"]] : [])),
  ),
];

async function checkAccounts(region: string, { api, recording: { place } }: Patient): Promise<Finding> {
  const subject = `storage accounts in ${region}`;
  const version = apiVersionOf("Microsoft.Storage/storageAccounts") ?? "";
  const path = `/subscriptions/${place.subscriptionId}/providers/Microsoft.Storage/locations/${region}/usages`;
  const answer = await everyPage(api, "arm", `${path}?api-version=${version}`);
  if (answer.refusal !== undefined) {
    const remedy =
      "Give the deployer Microsoft.Storage/locations/usages/read on the subscription, for example by the role Reader.";
    return unanswered("quota", subject, answer.refusal, remedy);
  }
  const usage = usages.parse(answer.body).find(({ name }) => name.value === "StorageAccounts");
  const remedy = `Ask for more storage accounts in ${region} (Azure portal, Quotas), or delete one.`;
  return usage === undefined
    ? { check: "quota", subject, result: "note", detail: "Azure returns none" }
    : quotaFinding(subject, usage.currentValue, usage.limit, 1, remedy);
}

function quotaFinding(subject: string, used: number, limit: number, more: number, remedy: string): Finding {
  const finding = { check: "quota", subject, detail: `${used} of ${limit} used` } as const;
  return used + more <= limit ? { ...finding, result: "passed" } : { ...finding, result: "failed", remedy };
}

/** Applications that were there before, and get federated credentials: object IDs, or client IDs of those taken over. */
function federatedApplications({ recording: { resources } }: Patient): string[] {
  const made = new Set(resources.filter(({ read }) => !read).map(({ id }) => id));
  return [
    ...new Set(
      resources
        .filter(({ row }) => row.type === FEDERATED)
        .map(({ inputs }) => String(inputs["applicationId"]))
        .filter((id) => !made.has(id)),
    ),
  ];
}

async function checkFederatedCredentials(applicationId: string, { api, recording }: Patient): Promise<Finding> {
  const application = applicationId.replace("/applications/", "");
  const subject = `federated credentials of ${application}`;
  const path = `/applications(appId='${application}')/federatedIdentityCredentials?$select=name`;
  const answer = await everyPage(api, "graph", path);
  if (answer.refusal !== undefined) {
    return unanswered("quota", subject, answer.refusal, "Give the deployer Application.Read.All.");
  }
  const present = (answer.body as readonly { readonly name: string }[]).map(({ name }) => name);
  const added = recording.resources
    .filter(({ row, inputs }) => row.type === FEDERATED && inputs["applicationId"] === applicationId)
    .filter(({ inputs }) => !present.includes(String(inputs["displayName"])));
  const remedy = "Delete one that is not in use (az ad app federated-credential list), or declare fewer.";
  return quotaFinding(subject, present.length, FEDERATED_CREDENTIALS, added.length, remedy);
}

/** Only beta tells it, and only to who may read the organization: nothing that a deployer needs otherwise. */
async function checkDirectory({ api, recording }: Patient): Promise<Finding[]> {
  const added = recording.resources.filter(({ row, read }) => DIRECTORY_OBJECTS.includes(row.type) && !read).length;
  if (added === 0) return [];
  const answer = await everyPage(
    api,
    "graph",
    "https://graph.microsoft.com/beta/organization?$select=id,directorySizeQuota",
  );
  const subject = "objects of the directory";
  if (answer.refusal !== undefined) {
    const remedy = "No action is needed. With Organization.Read.All doctor can check it.";
    return [unanswered("quota", subject, answer.refusal, remedy)];
  }
  const quota = organizations.parse(answer.body)[0]?.directorySizeQuota;
  const remedy = "Delete objects that are not in use, or ask Microsoft for a larger directory.";
  return quota ? [quotaFinding(subject, quota.used, quota.total, added, remedy)] : [];
}
