import * as pulumi from "@pulumi/pulumi";

/** Set to "true" by `daemon-access adopt` and by an import on local Azure; tools/adopt/adoptingVariable.ts has it too. */
export const ADOPTING = "DAEMON_ACCESS_ADOPTING";

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
