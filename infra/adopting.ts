import * as pulumi from "@pulumi/pulumi";
import { ADOPTING } from "./adoptingVariable";

const APPLICATION = "azuread:index/application:Application";

/**
 * The provider refuses a taken display name at the preview. A preview that looks for applications to import finds just
 * those names taken, so it goes without that check; an update never does.
 */
export function allowTakenNames(): void {
  if (process.env[ADOPTING] !== "true" || !pulumi.runtime.isDryRun()) return;
  pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
    type === APPLICATION ? { props: { ...(props as object), preventDuplicateNames: false }, opts } : undefined,
  );
}
