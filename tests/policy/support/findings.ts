import type { PolicyResource, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { rules } from "../../../policy/rules";
import { proxied } from "./pending";

/** A resource as a program declares it. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly props: Record<string, unknown>;
  readonly opts?: Partial<PolicyResource["opts"]>;
  /** The names of the resources that each input comes from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
}

export interface Found {
  readonly rule: string;
  readonly level: string;
  readonly message: string;
  readonly urn?: string;
}

export type Configuration = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const urnOf = ({ type, name }: { type: string; name: string }): string =>
  `urn:pulumi:dev::program::${type}::${name}`;

/** What the resource rules find on one resource, through the arguments that the policy SDK calls them with. */
export function findOn(resource: Declared, configuration: Configuration = {}): Found[] {
  return run(configuration, (policy, getConfig, send) => {
    if (!("validateResource" in policy) || typeof policy.validateResource !== "function") return;
    void policy.validateResource(resourceArguments(resource, getConfig), send);
  });
}

/** What the stack rules find on a whole program. */
export function findInStack(resources: readonly Declared[], configuration: Configuration = {}): Found[] {
  return run(configuration, (policy, getConfig, send) => {
    if (!("validateStack" in policy)) return;
    void policy.validateStack(stackArguments(resources, getConfig), send);
  });
}

/** The resource's inputs after every rule that can fix has done so. */
export function fixed(resource: Declared, configuration: Configuration = {}): Record<string, unknown> {
  const props = structuredClone(resource.props);
  for (const { policy } of rules) {
    if (!("remediateResource" in policy)) continue;
    void policy.remediateResource({
      ...resourceArguments(resource, configured(configuration, policy.name)),
      props,
    });
  }
  return props;
}

type GetConfig = ResourceValidationArgs["getConfig"];
type Send = (message: unknown, urn?: string) => void;
type Policy = (typeof rules)[number]["policy"];

const configured = (configuration: Configuration, rule: string): GetConfig =>
  (() => configuration[rule] ?? {}) as GetConfig;

function run(configuration: Configuration, judge: (policy: Policy, getConfig: GetConfig, send: Send) => void): Found[] {
  const found: Found[] = [];
  for (const { policy } of rules) {
    const level = policy.enforcementLevel ?? "";
    const send: Send = (given, urn) => {
      if (typeof given === "string") found.push({ rule: policy.name, level, message: given, ...(urn ? { urn } : {}) });
      else {
        const detailed = given as { message: string; urn: string; enforcementLevel: string };
        found.push({
          rule: policy.name,
          level: detailed.enforcementLevel,
          message: detailed.message,
          urn: detailed.urn,
        });
      }
    };
    judge(policy, configured(configuration, policy.name), send);
  }
  return found;
}

function options(given: Declared["opts"]): PolicyResource["opts"] {
  return {
    protect: false,
    ignoreChanges: [],
    aliases: [],
    additionalSecretOutputs: [],
    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
    ...given,
  };
}

function resourceArguments(resource: Declared, getConfig: GetConfig): ResourceValidationArgs {
  return {
    type: resource.type,
    name: resource.name,
    urn: urnOf(resource),
    props: proxied(resource.props),
    opts: options(resource.opts),
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig,
    notApplicable: neverCalled,
  };
}

function stackArguments(resources: readonly Declared[], getConfig: GetConfig): StackValidationArgs {
  const nodes = new Map(
    resources.map((resource) => [
      resource.name,
      {
        type: resource.type,
        name: resource.name,
        urn: urnOf(resource),
        props: proxied(resource.props),
        opts: options(resource.opts),
        dependencies: [],
        propertyDependencies: {},
        isType: () => false,
        asType: () => undefined,
      } as PolicyResource,
    ]),
  );
  for (const { name, from } of resources) {
    const node = nodes.get(name);
    for (const [property, names] of Object.entries(from ?? {})) {
      if (node) node.propertyDependencies[property] = names.flatMap((one) => nodes.get(one) ?? []);
    }
  }
  return { resources: [...nodes.values()], stackTags: new Map(), getConfig, notApplicable: neverCalled };
}

function neverCalled(): never {
  throw new Error("A rule says nothing where it does not apply; it does not call notApplicable.");
}
