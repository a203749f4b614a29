import { neighbour } from "../landingZone/layout";
import { answerOfNeighbour, checkThere, neighbourAction } from "./neighbour/neighbourRequest";
import type { Cloud } from "../cloud";
import type { Caller } from "../entra/caller";
import { empty, queryParameter, type AzureRequest, type AzureResponse } from "../http/message";
import type { Router } from "../http/router";
import { endUnattendedOperations, pollOperation } from "./asyncOperations";
import { authenticate } from "./authentication";
import type { ExtensionProvider } from "./authorization/extensionContext";
import { Locks } from "./authorization/locks";
import { RoleAssignments } from "./authorization/roleAssignments";
import { canonicalPath } from "./canonicalPath";
import * as errors from "./errors";
import { metadataEndpoints } from "./metadata";
import { routed } from "./queryOptions";
import { listsResources, readableList } from "./readableList";
import { requiredAction, type RequiredAction } from "./requiredAction";
import { checkLocation, checkTags, checkTopLevelResource, checkType } from "./resourceChecks";
import { formatResourcePath, parseResourcePath, type ProviderPart, type ResourcePath } from "./resourcePath";
import type { ArmContext, ResourceProvider } from "./resourceProvider";
import { Registrations } from "./resources/registrations";
import { ResourceGroups } from "./resources/resourceGroupRecord";
import type { ResourceIndex } from "./resources/resourceIndex";
import { ResourceTimes } from "./resources/resourceTimes";
import { resourcesAction } from "./resources/resourcesAction";
import { needsRegistration, type ResourceTypes } from "./resourceTypes";

const apiVersionPattern = /^\d{4}-\d{2}-\d{2}(-[a-z]+)?(\.\d+)?$/i;

/** The parts of ARM that the front door hands a request to. */
export interface Departments {
  readonly types: ResourceTypes;
  readonly index: ResourceIndex;
  readonly providers: readonly ResourceProvider[];
  /** Subscriptions, resource groups, registrations. */
  readonly resources: Router<ArmContext>;
  /** What sits on any scope: role assignments, locks, diagnostic settings. */
  readonly extensions: readonly ExtensionProvider[];
}

/**
 * What ARM does with every request before the resource provider sees it, in ARM's order: the token, the subscription,
 * the namespace, the right to act, the resource group, the registration, the type, the parent, the location.
 */
export class FrontDoor {
  private readonly groups: ResourceGroups;
  private readonly registrations: Registrations;
  private readonly assignments: RoleAssignments;
  private readonly locks: Locks;
  private readonly times: ResourceTimes;

  constructor(
    private readonly cloud: Cloud,
    private readonly departments: Departments,
  ) {
    this.groups = new ResourceGroups(cloud.store);
    this.registrations = new Registrations(cloud.store);
    this.assignments = new RoleAssignments(cloud.store);
    this.locks = new Locks(cloud.store);
    this.times = new ResourceTimes(cloud.store);
  }

  async handle(request: AzureRequest): Promise<AzureResponse> {
    if (request.method === "GET" && request.path.toLowerCase() === "/metadata/endpoints") {
      return metadataEndpoints();
    }
    const caller = await authenticate(this.cloud, request);
    endUnattendedOperations(this.cloud);
    const apiVersion = this.apiVersionOf(request);
    const parsed = parseResourcePath(request.path);
    if (parsed === undefined) {
      throw errors.armError(400, "BadRequest", "The request URL is not correctly percent-encoded.");
    }
    const path = canonicalPath(parsed, this.departments.types, this.groups);
    const poll = this.poll(request, path);
    if (poll !== undefined) {
      return poll;
    }
    return this.dispatch(request, path, caller, apiVersion);
  }

  private apiVersionOf(request: AzureRequest): string {
    const apiVersion = queryParameter(request, "api-version");
    if (apiVersion === undefined || apiVersion === "") {
      throw errors.missingApiVersion();
    }
    if (!apiVersionPattern.test(apiVersion)) {
      throw errors.invalidApiVersion(apiVersion);
    }
    return apiVersion;
  }

  /** Whoever was given the address of an operation may poll it. */
  private poll(request: AzureRequest, { subscriptionId, providers, rest }: ResourcePath): AzureResponse | undefined {
    const id = providers[0]?.types[0]?.toLowerCase() === "locations" ? providers[0].names[1] : rest[1];
    if (request.method !== "GET" || subscriptionId === undefined || id === undefined) {
      return undefined;
    }
    return pollOperation(this.cloud, id, {
      asStatus: queryParameter(request, "type") === "async",
      url: `https://management.azure.com${request.path}?${request.query.toString()}`,
    });
  }

  private dispatch(
    request: AzureRequest,
    path: ResourcePath,
    caller: Caller,
    apiVersion: string,
  ): Promise<AzureResponse> {
    const context: ArmContext = {
      subscriptionId: path.subscriptionId ?? "",
      ...(path.resourceGroup === undefined ? {} : { resourceGroup: path.resourceGroup }),
      caller,
      cloud: this.cloud,
      apiVersion,
    };
    if (context.subscriptionId === neighbour.id) {
      return this.toNeighbour(request, path, context);
    }
    const part = path.providers.at(-1);
    if (part === undefined || isRegistration(path, part)) {
      return this.toResources(request, path, context);
    }
    const extension = this.departments.extensions.find(({ namespace }) => namespace === part.namespace);
    if (extension !== undefined) {
      return this.toExtension(extension, request, path, part, context);
    }
    return this.toProvider(request, path, part, context);
  }

  /** What is in the other subscription is read; of writes, only role assignments are taken. */
  private async toNeighbour(request: AzureRequest, path: ResourcePath, context: ArmContext): Promise<AzureResponse> {
    this.authorize(context.caller, neighbourAction(request.method, path));
    const part = path.providers.at(-1);
    const extension = this.departments.extensions.find(({ namespace }) => namespace === part?.namespace);
    if (part === undefined || extension === undefined || part.types[0] !== "roleAssignments") {
      return answerOfNeighbour(request, path);
    }
    checkThere(path);
    return this.routeExtension(extension, request, path, part, context);
  }

  private async toResources(request: AzureRequest, path: ResourcePath, context: ArmContext): Promise<AzureResponse> {
    const needed = resourcesAction(request.method, path);
    if (needed !== undefined && !(needed.anywhere && this.assignments.touches(context.caller.objectId, needed.scope))) {
      this.authorize(context.caller, needed);
    }
    checkTags(request);
    if (path.resourceGroup !== undefined && path.rest.length === 0) {
      this.checkLocks(request, formatResourcePath(path));
    }
    const response = await routed(this.departments.resources, request, context);
    if (response !== undefined) {
      return response;
    }
    throw path.subscriptionId === undefined
      ? errors.missingSubscription()
      : errors.unsupported(request.method, formatResourcePath(path));
  }

  private async toExtension(
    extension: ExtensionProvider,
    request: AzureRequest,
    path: ResourcePath,
    part: ProviderPart,
    context: ArmContext,
  ): Promise<AzureResponse> {
    const scope = scopeOf(path);
    const isOpenToAll = scope === "/" && request.method === "GET" && openToAll.includes(part.types[0] ?? "");
    if (!isOpenToAll) {
      this.authorize(context.caller, requiredAction(request.method, path, part));
    }
    this.checkGroup(request, context);
    this.checkRegistration(part.namespace);
    if (part.types[0]?.toLowerCase() !== "locks") {
      this.checkLocks(request, formatResourcePath(path));
    }
    checkType(this.departments.types, request.method, part, context.apiVersion);
    const on = path.providers.at(-2);
    if (on !== undefined && request.method === "PUT") {
      checkType(this.departments.types, "GET", on, context.apiVersion);
      await checkTopLevelResource(this.departments.index, path, on, context, "itself");
    }
    return this.routeExtension(extension, request, path, part, context);
  }

  private async routeExtension(
    extension: ExtensionProvider,
    request: AzureRequest,
    path: ResourcePath,
    part: ProviderPart,
    { caller, cloud, apiVersion }: ArmContext,
  ): Promise<AzureResponse> {
    const scope = scopeOf(path);
    const tail = [
      ...part.types.flatMap((type, index) => [type, ...((part.names[index] ?? "") ? [part.names[index]] : [])]),
    ];
    const response = await routed(
      extension.routes,
      request,
      { scope, caller, cloud, apiVersion },
      `/scope/providers/${part.namespace}/${tail.map((segment) => encodeURIComponent(segment ?? "")).join("/")}`,
    );
    return response ?? this.unsupported(request, path);
  }

  private async toProvider(
    request: AzureRequest,
    path: ResourcePath,
    part: ProviderPart,
    context: ArmContext,
  ): Promise<AzureResponse> {
    const { types, index } = this.departments;
    const needed = requiredAction(request.method, path, part);
    const { objectId } = context.caller;
    const isPart =
      listsResources(request.method, path, part) &&
      !this.cloud.access.allows(objectId, needed.action, needed.scope) &&
      this.assignments.touches(objectId, needed.scope);
    if (!isPart) {
      this.authorize(context.caller, needed);
    }
    checkTags(request);
    this.checkGroup(request, context);
    this.checkRegistration(part.namespace);
    if (context.resourceGroup !== undefined) {
      this.checkLocks(request, needed.scope);
    }
    const provider = this.departments.providers.find(({ namespace }) => namespace === part.namespace);
    if (provider === undefined || path.providers.length > 1) {
      return this.unsupported(request, path);
    }
    checkType(types, request.method, part, context.apiVersion);
    if (part.types.length > 1) {
      const isAction = request.method === "POST" && part.names.length === 1;
      await checkTopLevelResource(index, path, part, context, isAction ? "itself" : "parent");
    }
    await checkLocation(index, request, path, part, context);
    const response = await this.routeTo(provider, request, context);
    if (isPart) {
      const readable = readableList(response, (id) => this.cloud.access.allows(objectId, needed.action, id));
      if (readable === undefined) {
        throw errors.authorizationFailed(context.caller, needed.action, needed.scope);
      }
      return readable;
    }
    this.follow(request, response, part, formatResourcePath(path));
    return response;
  }

  /** What ARM keeps itself about resources: when they were written, and the roles assigned on them. */
  private follow({ method }: AzureRequest, { status }: AzureResponse, { types }: ProviderPart, id: string): void {
    if (status >= 300) {
      return;
    }
    if (method === "DELETE") {
      this.assignments.deleteWithin(id);
      this.times.deleted(id);
    }
    if ((method === "PUT" || method === "PATCH") && types.length === 1) {
      this.times.written(id, this.cloud.clock.now());
    }
  }

  /** A HEAD asks whether a resource is there: it is a GET without the answer. */
  private async routeTo(
    provider: ResourceProvider,
    request: AzureRequest,
    context: ArmContext,
  ): Promise<AzureResponse> {
    const isHead = request.method === "HEAD";
    const response = await routed(provider.routes, isHead ? { ...request, method: "GET" } : request, context);
    if (response === undefined) {
      throw errors.unsupported(request.method, request.path);
    }
    return isHead && response.status === 200 ? empty(204) : response;
  }

  private checkGroup(request: AzureRequest, { resourceGroup }: ArmContext): void {
    if (resourceGroup === undefined) {
      return;
    }
    const group = this.groups.get(resourceGroup);
    if (group === undefined) {
      throw errors.resourceGroupNotFound(resourceGroup);
    }
    if (group.provisioningState === "Deleting" && request.method !== "GET" && request.method !== "HEAD") {
      throw errors.resourceGroupBeingDeleted(group.name);
    }
  }

  private checkRegistration(namespace: string): void {
    if (needsRegistration(namespace) && !this.registrations.has(namespace)) {
      throw errors.notRegistered(namespace);
    }
  }

  /** Locks bind every caller. An action counts as a write, as Azure counts it. */
  private checkLocks(request: AzureRequest, scope: string): void {
    if (request.method === "GET" || request.method === "HEAD") {
      return;
    }
    const operation = request.method === "DELETE" ? "delete" : "write";
    const locked = this.locks.forbidding(scope, operation);
    if (locked.length > 0) {
      throw errors.scopeLocked(scope, operation, locked);
    }
  }

  private authorize(caller: Caller, { action, scope }: RequiredAction): void {
    if (!this.cloud.access.allows(caller.objectId, action, scope)) {
      throw errors.authorizationFailed(caller, action, scope);
    }
  }

  private unsupported(request: AzureRequest, path: ResourcePath): never {
    throw errors.unsupported(request.method, formatResourcePath(path));
  }
}

/** What everyone who is signed in may read at the tenant's root. */
const openToAll: readonly string[] = ["roleDefinitions", "providerOperations"];

/** What an extension resource sits on. */
const scopeOf = (path: ResourcePath): string => formatResourcePath({ ...path, providers: path.providers.slice(0, -1) });

/** `…/providers/{namespace}` and `…/providers/{namespace}/register` are about the namespace, not in it. */
const isRegistration = ({ subscriptionId, resourceGroup, providers }: ResourcePath, { types }: ProviderPart): boolean =>
  resourceGroup === undefined &&
  providers.length === 1 &&
  (types.length === 0 ||
    (subscriptionId !== undefined &&
      types.length === 1 &&
      ["register", "unregister"].includes(types[0]?.toLowerCase() ?? "")));
