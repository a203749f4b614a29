import type { Router } from "../../http/router";
import type { ArmContext } from "../resourceProvider";

/** A request to a resource that sits on any other, such as a role assignment. */
export interface ExtensionContext extends Pick<ArmContext, "caller" | "cloud" | "apiVersion"> {
  /** What it sits on, in canonical case: a subscription, a resource group or a resource; "/" is the tenant's root. */
  readonly scope: string;
}

/** `{scope}/providers/Microsoft.Authorization/{type}/{name}` */
export const extensionId = (scope: string, type: string, name: string): string =>
  `${scope === "/" ? "" : scope}/providers/Microsoft.Authorization/${type}/${name}`;

/** Paths of a namespace's routes: one segment stands for the scope, however long it is. */
export const extensionRootOf = (namespace: string): string => `/:scope/providers/${namespace}`;

export const extensionRoot = extensionRootOf("Microsoft.Authorization");

/** A namespace whose resources sit on others. */
export interface ExtensionProvider {
  readonly namespace: string;
  readonly routes: Router<ExtensionContext>;
}
