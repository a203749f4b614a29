/** An error as the Terraform bridge prints it: what was attempted, then the service's words. */
export class ProviderError extends Error {
  constructor(summary: string, detail?: string, cause?: unknown) {
    super(`1 error occurred:\n\t* ${summary}${detail === undefined ? "" : `: ${detail}`}\n\n`, { cause });
    this.name = "ProviderError";
  }
}

/** Runs a step, and says what was attempted where it fails. */
export async function attempt<Result>(summary: string, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof ProviderError) {
      throw error;
    }
    throw new ProviderError(summary, error instanceof Error ? error.message : String(error), error);
  }
}

const importHint = (resource: string): string =>
  `To be managed via Terraform, this resource needs to be imported into the State. Please see the resource documentation for "${resource}" for more information.`;

export function duplicateName(resource: string, objectId: string, name: string): ProviderError {
  const found = `An existing "${resource}" with name "${name}" (ID: "${objectId}") was found and \`prevent_duplicate_names\` was specified`;
  return new ProviderError(found, importHint(resource));
}

export function alreadyExists(resource: string, id: string): ProviderError {
  return new ProviderError(`A resource with the ID "${id}" already exists`, importHint(resource));
}
