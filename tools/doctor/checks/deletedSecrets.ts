import { unanswered, type Finding } from "./finding";
import type { Patient } from "./patient";

/** A secret's ID: its vault and its name. */
const secretId = /\/vaults\/([^/]+)\/secrets\/([^/]+)$/i;

/** Whether a deleted secret has a name that the stack is to write, in an existing vault. */
export async function checkDeletedSecrets(patient: Patient): Promise<Finding[]> {
  const { resources } = patient.recording;
  const fresh = new Set(
    resources
      .filter(({ row, inputs, read }) => row.type === "azure-native:keyvault:Vault" && !read && !inputs["vaultName"])
      .map(({ id }) => id.split("/").at(-1) ?? ""),
  );
  const named = resources
    .filter(({ row, read }) => row.type === "azure-native:keyvault:Secret" && !read)
    .map(({ id }) => secretId.exec(id))
    .filter((match) => match !== null)
    .map(([, vault = "", name = ""]) => ({ vault, name }))
    .filter(({ vault }) => !fresh.has(vault));
  return (await Promise.all(named.map(({ vault, name }) => checkSecret(vault, name, patient)))).flat();
}

async function checkSecret(vault: string, name: string, { api }: Patient): Promise<Finding[]> {
  const finding = { check: "deletedSecret", subject: `${name} in ${vault}` } as const;
  const address = `https://${vault}.vault.azure.net/deletedsecrets/${name}?api-version=7.4`;
  const { status, refusal } = await api.get("vault", address);
  if (refusal === undefined) {
    const remedy = `npx daemon-access credentials recover --vault https://${vault}.vault.azure.net --secret ${name}, and the import it prints; or give the daemon another name`;
    return [{ ...finding, result: "failed", detail: "a deleted secret has the name", remedy }];
  }
  if (status === 404) return [{ ...finding, result: "passed" }];
  // A vault that is not there yet has no address.
  if (status === 0 || refusal.code === "ENOTFOUND") return [];
  return [unanswered("deletedSecret", finding.subject, refusal, remedyOf(vault))];
}

const remedyOf = (vault: string): string =>
  `To check this, let the deployer read secrets' names in ${vault} (Key Vault Reader), from an address that its firewall allows.`;
