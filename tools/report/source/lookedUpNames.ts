import { z } from "zod";
import type { Api } from "../../doctor/azure/api";
import type { AccessReport } from "../model/schema";
import type { KnownNames } from "../model/sources";

/** Graph takes so many IDs in one request. */
const AT_ONCE = 1000;
/** Asked for one by one where the directory may not be read as a whole: more would take minutes. */
const MOST_SINGLE = 100;

const objectSchema = z.object({
  "@odata.type": z.string().optional(),
  id: z.string(),
  displayName: z.string().nullish(),
});
type DirectoryObject = z.infer<typeof objectSchema>;

/** What was found, and why the rest was not. */
export interface LookedUp {
  readonly names: KnownNames;
  /** In words; undefined where nothing was refused. */
  readonly refusal: string | undefined;
}

/** IDs of a report whose owners only the directory knows by name. */
export const namelessIds = ({ parties }: AccessReport): string[] =>
  parties.flatMap(({ name, displayName, stack, azureId }) =>
    displayName === undefined && stack === undefined && azureId === name && GUID.test(name) ? [name.toLowerCase()] : [],
  );

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Looks display names up in Microsoft Graph. What may not be read keeps its ID. */
export async function lookedUpNames(ids: readonly string[], api: Pick<Api, "get" | "post">): Promise<LookedUp> {
  const names = new Map<string, { displayName: string; kind?: string }>();
  const keep = (object: DirectoryObject): void => {
    if (object.displayName == null || object.displayName === "") return;
    const kind = kinds[object["@odata.type"] ?? ""];
    names.set(object.id.toLowerCase(), { displayName: object.displayName, ...(kind !== undefined && { kind }) });
  };
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const batch = ids.slice(from, from + AT_ONCE);
    const { status, body, refusal } = await api.post("graph", "/directoryObjects/getByIds", { ids: batch });
    const read = z.object({ value: z.array(objectSchema) }).safeParse(body);
    if (status === 200 && read.success) {
      read.data.value.forEach(keep);
      continue;
    }
    if (status !== 403) return { names, refusal: refusal?.message ?? `Microsoft Graph answered ${status}` };
    const told = await oneByOne(batch.slice(0, MOST_SINGLE), api, keep);
    if (told !== undefined) return { names, refusal: told };
  }
  return { names, refusal: undefined };
}

/** Programs can be read with less than the directory. */
async function oneByOne(
  ids: readonly string[],
  api: Pick<Api, "get">,
  keep: (object: DirectoryObject) => void,
): Promise<string | undefined> {
  for (const id of ids) {
    const { status, body, refusal } = await api.get("graph", `/servicePrincipals/${id}?$select=id,displayName`);
    if (status === 403 || status === 401 || status === 0)
      return refusal?.message ?? `Microsoft Graph answered ${status}`;
    const read = objectSchema.safeParse(body);
    if (status === 200 && read.success) keep({ ...read.data, "@odata.type": "#microsoft.graph.servicePrincipal" });
  }
  return undefined;
}

const kinds: Readonly<Record<string, string>> = {
  "#microsoft.graph.user": "user",
  "#microsoft.graph.group": "group",
  "#microsoft.graph.servicePrincipal": "service principal",
  "#microsoft.graph.application": "application",
};
