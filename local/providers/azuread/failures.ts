/** An error as the Terraform bridge prints it: what was attempted, then the service's words. */
export class ProviderError extends Error {
  constructor(summary: string, detail?: string, cause?: unknown) {
    super(`1 error occurred:\n\t* ${summary}${detail === undefined ? "" : `: ${detail}`}\n\n`, { cause });
    this.name = "ProviderError";
  }
}

/** A summary that names the attribute it is about, as Terraform knows it. */
export const about = (attribute: string, summary: string): string => `[${attribute}] ${summary}`;

/** Runs a step, and says what was attempted where it fails. */
export async function attempt<Result>(summary: string, step: () => Promise<Result>): Promise<Result> {
  return failingWith(step, (reason, cause) => new ProviderError(summary, reason, cause));
}

/** The same where the real provider tells the reason twice. */
export async function attemptTold<Result>(summary: string, step: () => Promise<Result>): Promise<Result> {
  return failingWith(step, (reason, cause) => new ProviderError(`${summary}: ${reason}`, reason, cause));
}

async function failingWith<Result>(
  step: () => Promise<Result>,
  failure: (reason: string, cause: unknown) => ProviderError,
): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    throw error instanceof ProviderError
      ? error
      : failure(error instanceof Error ? error.message : String(error), error);
  }
}

const importHint = (resource: string): string =>
  `To be managed via Terraform, this resource needs to be imported into the State. Please see the resource documentation for "${resource}" for more information.`;

const duplicate = (resource: string, objectId: string, name: string): string =>
  `An existing "${resource}" with name "${name}" (ID: "${objectId}") was found and \`prevent_duplicate_names\` was specified`;

export const duplicateName = (resource: string, objectId: string, name: string): ProviderError =>
  new ProviderError(about("id", duplicate(resource, objectId, name)), importHint(resource));

/** The same where it is found before anything is done. */
export const plannedDuplicateName = (resource: string, objectId: string, name: string): ProviderError =>
  new ProviderError(`${duplicate(resource, objectId, name)}. ${importHint(resource)}`);

export const alreadyExists = (resource: string, id: string): ProviderError =>
  new ProviderError(about("id", `A resource with the ID "${id}" already exists`), importHint(resource));
