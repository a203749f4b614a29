import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { deployer } from "../access/deployer";
import type { Problems } from "../checks/argumentError";
import { clientId } from "../checks/identifiers";
import type { Refusal } from "../checks/refusal";
import { appRoleId, MICROSOFT_GRAPH_CLIENT_ID } from "../graph/permissions";

/** An existing application and its service principal. */
export interface ExistingApplicationArgs {
  /**
   * Application (client) ID, for example `46410032-25fe-4fa0-8822-64728e1cd912`. The application is registered in this
   * tenant and has a service principal.
   */
  readonly clientId: pulumi.Input<string>;
}

/** An application and the IDs it is known by. */
export interface DeclaredApplication {
  readonly applicationId: pulumi.Output<string>;
  readonly clientId: pulumi.Output<string>;
  readonly objectId: pulumi.Output<string>;
  readonly tenantId: pulumi.Output<string>;
  readonly displayName: pulumi.Output<string>;
}

/** What an existing application is expected to ask for, and the input that says so. */
export interface ExpectedPermissions {
  readonly input: string;
  readonly permissions: readonly string[];
}

/** Why an argument of new applications has no place beside an existing one. */
export const BESIDE_EXISTING: Refusal = {
  needed: "nothing beside existing, because that application is not changed",
  fix: "Remove it, or remove existing.",
};

/** Refuses what only a new application can be given. */
export function checkNothingBeside(problems: Problems, args: Readonly<Record<string, unknown>>): void {
  for (const [input, value] of Object.entries(args)) {
    if (value !== undefined) problems.refuse(input, value, BESIDE_EXISTING);
  }
}

/**
 * Looks a checked application up in the tenant. Neither it nor its service principal becomes part of the stack, so
 * nothing of them is changed, and nothing of them goes with the stack.
 */
export function lookUpApplication(
  existing: ExistingApplicationArgs,
  { input, permissions }: ExpectedPermissions,
  problems: Problems,
  opts: { readonly parent: pulumi.Resource },
): DeclaredApplication {
  const found = problems.idOnArrival("existing.clientId", existing.clientId, clientId).apply(async (id) => {
    const { application, problem } = await findApplication(id, permissions, opts);
    if (application) return application;
    throw problems.late(problem.of === "permissions" ? input : "existing.clientId", problem.given, problem.refusal);
  });
  return {
    applicationId: found.applicationId,
    clientId: found.clientId,
    objectId: found.objectId,
    tenantId: deployer(opts.parent).tenantId,
    displayName: found.displayName,
  };
}

/** What the tenant knows of an application, or why it can't be taken. */
export async function findApplication(
  id: string,
  permissions: readonly string[],
  opts: pulumi.InvokeOptions,
): Promise<Found | Unfit> {
  const application = await unlessMissing(azuread.getApplication({ clientId: id }, opts));
  if (!application) return unfit("clientId", id, unknown(id));
  const missing = permissions.filter((permission) => !asksFor(application, permission));
  if (missing.length > 0) return unfit("permissions", missing.join(", "), notAskedFor(id, missing));
  const principal = await unlessMissing(azuread.getServicePrincipal({ clientId: id }, opts));
  if (!principal) return unfit("clientId", id, noServicePrincipal(id));
  const { id: applicationId, displayName } = application;
  return { application: { applicationId, clientId: id, objectId: principal.objectId, displayName } };
}

interface Found {
  readonly application: {
    readonly applicationId: string;
    readonly clientId: string;
    readonly objectId: string;
    readonly displayName: string;
  };
  readonly problem?: undefined;
}

interface Unfit {
  readonly application?: undefined;
  readonly problem: {
    /** What is to be changed: the application, or what is expected of it. */
    readonly of: "clientId" | "permissions";
    readonly given: string;
    readonly refusal: Refusal;
  };
}

const unfit = (of: Unfit["problem"]["of"], given: string, refusal: Refusal): Unfit => ({
  problem: { of, given, refusal },
});

/** An answer, or nothing where the provider found nothing. Other failures speak for themselves. */
async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    const missing =
      error instanceof Error && /not found|no (application|service principal)s? found/i.test(error.message);
    if (missing) return undefined;
    throw error;
  }
}

const unknown = (id: string): Refusal => ({
  needed: "an application that is registered in this tenant",
  fix: `See whether it is: az ad app show --id ${id}`,
});

/** Not made here: a program that made one would find it at its next run, take it for existing, and delete it. */
const noServicePrincipal = (id: string): Refusal => ({
  needed: "an application that has a service principal in this tenant",
  fix: `Make it once: az ad sp create --id ${id}`,
});

const notAskedFor = (id: string, missing: readonly string[]): Refusal => ({
  needed: "permissions that the existing application already requests, because its requests are not changed here",
  fix: `Let its owner add them: az ad app permission add --id ${id} --api ${MICROSOFT_GRAPH_CLIENT_ID} --api-permissions ${missing
    .map((permission) => `${appRoleId(permission)}=Role`)
    .join(" ")}; or set consent to grant, which does not need the application to request them, or to external.`,
});

function asksFor(application: azuread.GetApplicationResult, permission: string): boolean {
  return application.requiredResourceAccesses.some(
    ({ resourceAppId, resourceAccesses }) =>
      resourceAppId === MICROSOFT_GRAPH_CLIENT_ID &&
      resourceAccesses.some(({ id, type }) => id === appRoleId(permission) && type === "Role"),
  );
}
