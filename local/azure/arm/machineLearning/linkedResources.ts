import { z } from "zod";
import { armError } from "../errors";
import { parseResourcePath } from "../resourcePath";
import type { ArmContext } from "../resourceProvider";
import type { Resource, ResourceIndex } from "../resources/resourceIndex";

/** Resources that a workspace names, by property, and what each must be. */
const linkedTypes = {
  storageAccount: "Microsoft.Storage/storageAccounts",
  keyVault: "Microsoft.KeyVault/vaults",
  applicationInsights: "Microsoft.Insights/components",
  containerRegistry: "Microsoft.ContainerRegistry/registries",
} as const;

const required: readonly string[] = ["storageAccount", "keyVault"];

/** Local Azure has no Application Insights: of those only the ID's form is checked. */
const findable: readonly string[] = [...required, "containerRegistry"];

const accountSchema = z.looseObject({ properties: z.looseObject({ isHnsEnabled: z.boolean().optional() }) });

/**
 * Checks what a workspace links to.
 * @returns whether its storage account has a hierarchical namespace
 * @throws ServiceError 400, where a link is missing, is no ID of the right type, or leads nowhere
 */
export async function checkLinkedResources(
  index: ResourceIndex,
  settings: Readonly<Record<string, unknown>>,
  kind: string,
  context: ArmContext,
): Promise<{ readonly storageHnsEnabled: boolean }> {
  const needed = ["project", "hub"].includes(kind.toLowerCase()) ? [] : required;
  const missing = needed.filter((property) => settings[property] == null);
  if (missing.length > 0) {
    throw armError(400, "BadRequest", `Missing dependent resources in workspace json: ${missing.join(", ")}`);
  }
  let storageHnsEnabled = false;
  for (const [property, type] of Object.entries(linkedTypes)) {
    const id = settings[property];
    if (id == null) {
      continue;
    }
    const resource = await findLinked(index, property, id, type, context);
    if (property === "storageAccount") {
      storageHnsEnabled = accountSchema.safeParse(resource).data?.properties.isHnsEnabled === true;
    }
  }
  return { storageHnsEnabled };
}

async function findLinked(
  index: ResourceIndex,
  property: string,
  id: unknown,
  type: string,
  context: ArmContext,
): Promise<Resource | undefined> {
  const part = typeof id === "string" ? parseResourcePath(id)?.providers.at(-1) : undefined;
  const named = part === undefined ? "" : `${part.namespace}/${part.types.join("/")}`;
  if (typeof id !== "string" || named.toLowerCase() !== type.toLowerCase() || part?.names.length !== 1) {
    throw armError(
      400,
      "ValidationError",
      `The value of ${property} must be the resource ID of a ${type}; it is ${JSON.stringify(id)}.`,
    );
  }
  if (!findable.includes(property)) {
    return undefined;
  }
  const found = await index.get(id, context);
  if (found === undefined) {
    throw armError(400, "ValidationError", `The ${property} '${id}' of the workspace was not found.`);
  }
  return found;
}
