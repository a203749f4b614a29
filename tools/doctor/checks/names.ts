import { z } from "zod";
import { apiVersionOf } from "../azure/providers";
import type { Declared } from "../program/recording";
import { unanswered, type Finding } from "./finding";
import type { Patient } from "./patient";

/** Kinds whose names are unique in all of Azure. */
const kinds = [
  {
    type: "azure-native:keyvault:Vault",
    input: "vaultName",
    azureType: "Microsoft.KeyVault/vaults",
    setting: "azure-daemon-access:vault.name",
    right: "Microsoft.KeyVault/checkNameAvailability/read",
  },
  {
    type: "azure-native:storage:StorageAccount",
    input: "accountName",
    azureType: "Microsoft.Storage/storageAccounts",
    setting: "azure-daemon-access:lake.accountName",
    right: "Microsoft.Storage/checkNameAvailability/read",
  },
] as const;

type Kind = (typeof kinds)[number];

const availability = z.object({ nameAvailable: z.boolean(), message: z.string().optional() });

/** Whether names that the settings fix are free. A name that the provider draws is new each time. */
export async function checkNames(patient: Patient): Promise<Finding[]> {
  const named = patient.recording.resources.flatMap((declared) => {
    const kind = kinds.find(({ type }) => type === declared.row.type);
    const name = kind === undefined ? undefined : declared.inputs[kind.input];
    return kind === undefined || declared.read || typeof name !== "string" ? [] : [{ kind, name, declared }];
  });
  return Promise.all(named.map(({ kind, name, declared }) => checkName(kind, name, declared, patient)));
}

async function checkName(kind: Kind, name: string, { id, inputs }: Declared, patient: Patient): Promise<Finding> {
  const finding = { check: "name", subject: name } as const;
  const { api, recording } = patient;
  const present = await api.get("arm", `${id}?api-version=${apiVersionOf(kind.azureType) ?? ""}`);
  if (present.refusal === undefined) {
    const detail = "is in the resource group already: this stack's own, or one to import with pulumi import";
    return { ...finding, result: "note", detail };
  }
  const subscription = `/subscriptions/${recording.place.subscriptionId}`;
  const [namespace] = kind.azureType.split("/");
  const version = apiVersionOf(kind.azureType) ?? "";
  const asked = { name, type: kind.azureType };
  const answer = await api.post(
    "arm",
    `${subscription}/providers/${namespace ?? ""}/checkNameAvailability?api-version=${version}`,
    asked,
  );
  if (answer.refusal !== undefined) {
    return unanswered(
      "name",
      name,
      answer.refusal,
      `Give the deployer ${kind.right} on the subscription, for example by the role Reader.`,
    );
  }
  const { nameAvailable, message } = availability.parse(answer.body);
  if (nameAvailable) return { ...finding, result: "passed" };
  const deleted =
    kind.input === "vaultName" ? await deletedVault(name, String(inputs["location"]), patient) : undefined;
  if (deleted !== undefined && isRecovered(inputs)) {
    return { ...finding, result: "note", detail: "a deleted vault has it and will be recovered" };
  }
  if (deleted !== undefined) return { ...finding, result: "failed", ...deleted };
  const remedy = `Set ${kind.setting} to a name that is free, or leave it out.`;
  return { ...finding, result: "failed", detail: message ?? "taken", remedy };
}

/** Whether a vault asks for the deleted one of its name. */
const isRecovered = (inputs: Declared["inputs"]): boolean =>
  z.object({ properties: z.object({ createMode: z.literal("recover") }) }).safeParse(inputs).success;

/** A vault keeps its name while it can be recovered. */
async function deletedVault(
  name: string,
  location: string,
  { api, recording }: Patient,
): Promise<Pick<Finding, "detail" | "remedy"> | undefined> {
  const path = `/subscriptions/${recording.place.subscriptionId}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${name}`;
  const answer = await api.get("arm", `${path}?api-version=${apiVersionOf("Microsoft.KeyVault/vaults") ?? ""}`);
  return answer.refusal === undefined
    ? {
        detail: "a deleted vault has it until its retention has passed",
        remedy:
          "set azure-daemon-access:vault.recover to true to bring it back, or azure-daemon-access:vault.name to another name",
      }
    : undefined;
}
