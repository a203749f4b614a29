import { z } from "zod";
import type { Cloud } from "../../cloud";
import { empty, json } from "../../http/message";
import { Router } from "../../http/router";
import { ServiceError } from "../../http/serviceError";
import { extensionRootOf, type ExtensionContext, type ExtensionProvider } from "../authorization/extensionContext";
import { scopeKey } from "../authorization/scope";
import { armError, resourceNotFound } from "../errors";
import { contentOf } from "../jsonContent";
import { authorizeLinked, namesIn, typeIn } from "../linkedAccess";
import { workspaceType } from "../operationalInsights/workspaces";
import type { ResourceIndex } from "../resources/resourceIndex";
import { categoriesOf, type Categories } from "./categories";
import {
  diagnosticSettingBody,
  DiagnosticSettings,
  type DiagnosticSetting,
  type LogSetting,
  type MetricSetting,
} from "./diagnosticSettings";

const namespace = "Microsoft.Insights";
const path = `${extensionRootOf(namespace)}/diagnosticSettings`;

/** Azure allows a resource this many. */
const settingLimit = 5;

const retention = z.object({ enabled: z.boolean(), days: z.number().int() }).nullish();
const logSchema = z.object({
  category: z.string().nullish(),
  categoryGroup: z.string().nullish(),
  enabled: z.boolean(),
  retentionPolicy: retention,
});
const metricSchema = z.object({
  category: z.string().nullish(),
  timeGrain: z.string().nullish(),
  enabled: z.boolean(),
  retentionPolicy: retention,
});
const bodySchema = z.looseObject({
  properties: z.looseObject({
    workspaceId: z.string().nullish(),
    storageAccountId: z.string().nullish(),
    eventHubAuthorizationRuleId: z.string().nullish(),
    serviceBusRuleId: z.string().nullish(),
    marketplacePartnerId: z.string().nullish(),
    logAnalyticsDestinationType: z.string().nullish(),
    logs: z.array(logSchema).nullish(),
    metrics: z.array(metricSchema).nullish(),
  }),
});

type RequestedSetting = z.output<typeof bodySchema>["properties"];

/** Microsoft.Insights: diagnostic settings on any resource whose categories are known. */
export function createInsightsProvider(cloud: Cloud, index: ResourceIndex): ExtensionProvider {
  const settings = new DiagnosticSettings(cloud.store);
  const routes = new Router<ExtensionContext>();
  const find = (scope: string, name: string): DiagnosticSetting => {
    const setting = settings.get(scope, name);
    if (setting === undefined) {
      throw armError(404, "ResourceNotFound", `The diagnostic setting '${name}' doesn't exist.`);
    }
    return setting;
  };

  routes
    .on("PUT", `${path}/:name`, async (request, { name = "" }, context) => {
      const { scope } = context;
      const requested = contentOf(request, bodySchema).properties;
      const workspaceId = destination(requested);
      const setting: DiagnosticSetting = {
        name: settings.get(scope, name)?.name ?? name,
        scope,
        workspaceId,
        ...(requested.logAnalyticsDestinationType == null
          ? {}
          : { logAnalyticsDestinationType: requested.logAnalyticsDestinationType }),
        ...checkedCategories(requested, scope),
      };
      authorizeLinked(context, {
        action: `${namespace}/diagnosticSettings/write`,
        scope: `${scope}/providers/${namespace}/diagnosticSettings/${name}`,
        linked: { action: `${workspaceType}/sharedKeys/action`, scope: workspaceId },
      });
      await checkWorkspace(index, workspaceId, context);
      checkBesides(setting, settings.on(scope));
      settings.set(setting);
      return json(200, diagnosticSettingBody(setting));
    })
    .on("GET", `${path}/:name`, (_request, { name = "" }, { scope }) =>
      json(200, diagnosticSettingBody(find(scope, name))),
    )
    .on("DELETE", `${path}/:name`, (_request, { name = "" }, { scope }) => {
      const setting = settings.get(scope, name);
      if (setting === undefined) {
        return empty(204);
      }
      settings.delete(setting);
      return empty(200);
    })
    .on("GET", path, (_request, _parameters, { scope }) =>
      json(200, { value: settings.on(scope).map(diagnosticSettingBody) }),
    );

  return { namespace, routes };
}

/** The one kind of destination that local Azure has. */
function destination(requested: RequestedSetting): string {
  const { workspaceId, storageAccountId, eventHubAuthorizationRuleId, serviceBusRuleId } = requested;
  const others = [storageAccountId, eventHubAuthorizationRuleId, serviceBusRuleId, requested.marketplacePartnerId];
  if (others.some((other) => other != null && other !== "")) {
    throw armError(
      501,
      "NotImplemented",
      "Local Azure supports only Log Analytics workspaces as a destination of diagnostic settings: set workspaceId.",
    );
  }
  if (workspaceId == null || workspaceId === "") {
    throw badRequest("At least one data sink needs to be specified.");
  }
  return workspaceId;
}

function checkedCategories(
  { logs, metrics }: RequestedSetting,
  scope: string,
): { readonly logs: LogSetting[]; readonly metrics: MetricSetting[] } {
  const known = categoriesOf(typeIn(scope) ?? "");
  if (known === undefined) {
    throw armError(501, "NotImplemented", `Local Azure does not support log or metric categories of '${scope}'.`);
  }
  const setting = {
    logs: (logs ?? []).map((log) => checkedLog(log, known)),
    metrics: (metrics ?? []).map(({ category, timeGrain, enabled, retentionPolicy }) => ({
      ...(category == null
        ? {}
        : { category: supported(category, [...known.metrics, "AllMetrics"], "Metric category") }),
      ...(timeGrain == null ? {} : { timeGrain }),
      enabled,
      retentionPolicy: retentionPolicy ?? { enabled: false, days: 0 },
    })),
  };
  if (![...setting.logs, ...setting.metrics].some(({ enabled }) => enabled)) {
    throw badRequest("At least one category of logs or metrics must be enabled.");
  }
  return setting;
}

function checkedLog(
  { category, categoryGroup, enabled, retentionPolicy }: z.output<typeof logSchema>,
  known: Categories,
): LogSetting {
  if ((category == null) === (categoryGroup == null)) {
    throw badRequest("Each log names either a category or a categoryGroup.");
  }
  return {
    ...(category == null ? {} : { category: supported(category, known.logs, "Category") }),
    ...(categoryGroup == null ? {} : { categoryGroup: supported(categoryGroup, known.groups, "CategoryGroup") }),
    enabled,
    retentionPolicy: retentionPolicy ?? { enabled: false, days: 0 },
  };
}

function supported(given: string, known: readonly string[], what: string): string {
  const found = known.find((each) => each.toLowerCase() === given.toLowerCase());
  if (found === undefined) {
    throw badRequest(`${what} '${given}' is not supported, supported ones are: '${known.join(", ")}'.`);
  }
  return found;
}

async function checkWorkspace(index: ResourceIndex, workspaceId: string, context: ExtensionContext): Promise<void> {
  const parts = namesIn(workspaceId, workspaceType);
  if (parts === undefined) {
    throw badRequest(`The workspaceId '${workspaceId}' is not the resource ID of a Log Analytics workspace.`);
  }
  if ((await index.get(workspaceId, context)) === undefined) {
    throw resourceNotFound(workspaceType, parts.names[0] ?? "", parts.resourceGroup);
  }
}

/** A resource has few settings, and no two of them send one category to one place. */
function checkBesides(setting: DiagnosticSetting, present: readonly DiagnosticSetting[]): void {
  const others = present.filter(({ name }) => name.toLowerCase() !== setting.name.toLowerCase());
  if (others.length >= settingLimit) {
    throw badRequest(
      `The limit of ${settingLimit} diagnostic settings was reached. To create a new setting, delete an existing one.`,
    );
  }
  for (const other of others.filter(({ workspaceId }) => scopeKey(workspaceId) === scopeKey(setting.workspaceId))) {
    const twice = categoriesIn(setting).find((category) => categoriesIn(other).includes(category));
    if (twice !== undefined) {
      throw conflict(
        `Data sink '${setting.workspaceId}' is already used in diagnostic setting '${other.name}' for category '${twice}'. Data sinks can't be reused in different settings on the same category for the same resource.`,
      );
    }
  }
}

const categoriesIn = ({ logs, metrics }: DiagnosticSetting): string[] => [
  ...logs.filter(({ enabled }) => enabled).map(({ category, categoryGroup }) => category ?? categoryGroup ?? ""),
  ...metrics.filter(({ enabled }) => enabled).map(({ category }) => category ?? ""),
];

/** This service answers without the envelope that others put around an error. */
const conflict = (message: string): ServiceError =>
  new ServiceError("Conflict", json(409, { code: "Conflict", message }));

const badRequest = (message: string): ServiceError => armError(400, "BadRequest", message);
