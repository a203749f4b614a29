import { scopeKey } from "../authorization/scope";
import type { Collection, Store } from "../../store/store";

export interface LogSetting {
  readonly category?: string;
  readonly categoryGroup?: string;
  readonly enabled: boolean;
  readonly retentionPolicy: { readonly enabled: boolean; readonly days: number };
}

export type MetricSetting = Omit<LogSetting, "categoryGroup"> & { readonly timeGrain?: string };

export interface DiagnosticSetting {
  readonly name: string;
  /** What it watches. */
  readonly scope: string;
  readonly workspaceId: string;
  readonly logAnalyticsDestinationType?: string;
  readonly logs: readonly LogSetting[];
  readonly metrics: readonly MetricSetting[];
}

/** Diagnostic settings, by what they watch. They outlive it, as in Azure: a resource of the same ID meets them again. */
export class DiagnosticSettings {
  private readonly records: Collection<DiagnosticSetting>;

  constructor(store: Store) {
    this.records = store.collection("insights.diagnosticSettings");
  }

  get(scope: string, name: string): DiagnosticSetting | undefined {
    return this.records.get(key(scope, name));
  }

  /** Those on exactly one resource. */
  on(scope: string): DiagnosticSetting[] {
    return [...this.records.values()].filter((setting) => scopeKey(setting.scope) === scopeKey(scope));
  }

  set(setting: DiagnosticSetting): void {
    this.records.set(key(setting.scope, setting.name), setting);
  }

  delete(setting: DiagnosticSetting): void {
    this.records.delete(key(setting.scope, setting.name));
  }
}

/** Azure shows what a setting sits on in lowercase letters. */
export const diagnosticSettingId = ({ scope, name }: Pick<DiagnosticSetting, "scope" | "name">): string =>
  `${scope.toLowerCase()}/providers/microsoft.insights/diagnosticSettings/${name}`;

export const diagnosticSettingBody = (setting: DiagnosticSetting): object => ({
  id: diagnosticSettingId(setting),
  type: "Microsoft.Insights/diagnosticSettings",
  name: setting.name,
  location: null,
  kind: null,
  tags: null,
  properties: {
    storageAccountId: null,
    serviceBusRuleId: null,
    workspaceId: setting.workspaceId,
    eventHubAuthorizationRuleId: null,
    eventHubName: null,
    metrics: setting.metrics,
    logs: setting.logs,
    logAnalyticsDestinationType: setting.logAnalyticsDestinationType ?? null,
  },
  identity: null,
});

const key = (scope: string, name: string): string => `${scopeKey(scope)}|${name.toLowerCase()}`;
