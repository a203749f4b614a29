import type { PolicyResource } from "@pulumi/policy";
import { Properties } from "./properties";
import type { Finding, Findings } from "./report";
import type { ResourceType } from "./resourceTypes";

/** All resources of a stack. At preview most outputs are pending, so rules follow dependencies rather than values. */
export class Stack {
  constructor(
    private readonly all: readonly PolicyResource[],
    private readonly findings: Findings,
  ) {}

  resources(...types: ResourceType[]): StackResource[] {
    return this.all.map((resource) => new StackResource(resource, this.findings)).filter((one) => one.is(...types));
  }

  /** Reports on the stack as a whole. */
  report(finding: string | Finding): void {
    const root = this.outputs();
    this.findings.on({ name: root?.name ?? "", urn: root?.urn ?? "" })(finding);
  }

  /** The stack itself, whose properties are its outputs. */
  outputs(): StackResource | undefined {
    const root = this.all.find(({ type }) => type === "pulumi:pulumi:Stack");
    return root && new StackResource(root, this.findings);
  }
}

/** One resource of the stack, with what its properties come from. */
export class StackResource extends Properties {
  readonly name: string;
  readonly urn: string;

  constructor(
    private readonly resource: PolicyResource,
    private readonly findings: Findings,
  ) {
    super(resource.props);
    this.name = resource.name;
    this.urn = resource.urn;
  }

  is(...types: ResourceType[]): boolean {
    return types.some(({ pattern }) => pattern.test(this.resource.type));
  }

  /** The resources that one of its inputs comes from; of the given types, if any are given. */
  sources(property: string, ...types: ResourceType[]): StackResource[] {
    const direct = this.resource.propertyDependencies[property] ?? [];
    return this.wrap(direct).filter((one) => types.length === 0 || one.is(...types));
  }

  /** The resources of the given types that it depends on, directly or through others. */
  origins(...types: ResourceType[]): StackResource[] {
    const seen = new Set<PolicyResource>();
    const follow = (resource: PolicyResource): void => {
      for (const next of [...resource.dependencies, ...Object.values(resource.propertyDependencies).flat()]) {
        if (seen.has(next)) continue;
        seen.add(next);
        follow(next);
      }
    };
    follow(this.resource);
    return this.wrap([...seen]).filter((one) => one.is(...types));
  }

  report(finding: string | Finding): void {
    this.findings.on(this)(finding);
  }

  private wrap(resources: readonly PolicyResource[]): StackResource[] {
    return resources.map((resource) => new StackResource(resource, this.findings));
  }
}
