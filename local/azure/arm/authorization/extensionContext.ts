import type { ArmContext } from "../resourceProvider";

/** A request to a resource that sits on any other, such as a role assignment. */
export interface ExtensionContext extends Pick<ArmContext, "caller" | "cloud" | "apiVersion"> {
  /** What it sits on, in canonical case: a subscription, a resource group or a resource; "/" is the tenant's root. */
  readonly scope: string;
}

/** `{scope}/providers/Microsoft.Authorization/{type}/{name}` */
export const extensionId = (scope: string, type: string, name: string): string =>
  `${scope === "/" ? "" : scope}/providers/Microsoft.Authorization/${type}/${name}`;

/** Paths of the routes: one segment stands for the scope, however long it is. */
export const extensionRoot = "/:scope/providers/Microsoft.Authorization";
