import * as monitor from "@pulumi/azure-native/monitor";
import type * as pulumi from "@pulumi/pulumi";
import type { Problems } from "../checks/argumentError";
import { logWorkspaceId } from "../checks/identifiers";
import { spelled } from "../checks/spelling";

/** Where the audit log and the metrics of a resource go. */
export interface DiagnosticsArgs {
  /** Resource ID of a Log Analytics workspace. */
  readonly workspaceId: pulumi.Input<string>;
}

/** What of one kind of resource is kept: Azure's own categories. */
export interface DiagnosticCategories {
  readonly logs: readonly string[];
  readonly metrics: readonly string[];
}

/** Azure takes each category to each workspace once a resource: by its name we know the setting for ours. */
const SETTING_NAME = "azure-daemon-access";

export function checkDiagnostics(problems: Problems, prefix: string, args: DiagnosticsArgs): void {
  problems.checkInput(`${prefix}workspaceId`, args.workspaceId, logWorkspaceId);
}

/** Declares the diagnostic setting of checked arguments. */
export function declareDiagnostics(
  name: string,
  resourceUri: pulumi.Input<string>,
  { workspaceId }: DiagnosticsArgs,
  { logs, metrics }: DiagnosticCategories,
  opts: pulumi.CustomResourceOptions,
): monitor.DiagnosticSetting {
  return new monitor.DiagnosticSetting(
    `${name}-diagnostics`,
    {
      name: SETTING_NAME,
      resourceUri,
      workspaceId: spelled(workspaceId),
      logs: logs.map((category) => ({ category, enabled: true })),
      metrics: metrics.map((category) => ({ category, enabled: true })),
    },
    opts,
  );
}
