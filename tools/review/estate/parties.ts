import {
  application,
  applicationCertificate,
  applicationFederation,
  applicationPassword,
  servicePrincipal,
  userAssignedIdentity,
} from "../../../policy/rule/resourceTypes";
import { stackType } from "../../engine/types";
import { nameInUrn } from "../../engine/urns";
import type { Estate, Estates } from "./estate";
import { isOf, type Resource } from "./resource";

/** Someone who can hold access, or something that access is to. */
export interface Party {
  /** The same before and after a change, whatever Azure's IDs do. */
  readonly key: string;
  /** By what a reviewer knows it: the program's name for it, or its ID. */
  readonly name: string;
  /** What it is: "application", "user", "service principal", "file system" … */
  readonly kind: string;
  /** What people read in the directory or in Azure, where it is known and another word. */
  readonly displayName?: string;
}

/** The component that gives one daemon its access. */
export const daemonType = "azure-daemon-access:index:DaemonAccess";

/** Finds who is behind an ID, on both sides of a change. An application and its service principal are one. */
export class Parties {
  private readonly byId = new Map<string, Resource>();
  private readonly byUrn = new Map<string, Resource>();

  constructor({ before, after }: Estates) {
    // What Azure has answered stands in the old side; the new one replaces it where it says more.
    for (const { resources } of [before, after] satisfies Estate[]) {
      for (const resource of resources.filter((each) =>
        isOf(each, application, servicePrincipal, userAssignedIdentity),
      )) {
        this.byUrn.set(resource.urn, resource);
        for (const id of idsOf(resource)) this.byId.set(id, resource);
      }
      this.takeExisting(resources);
    }
  }

  /** Whether a daemon is an application that no stack here declares: one that was there before. */
  isExisting(component: Resource): boolean {
    return this.byUrn.get(component.urn) === component;
  }

  /** A daemon on an existing application is known by its component, which tells the IDs, and by its credentials. */
  private takeExisting(resources: readonly Resource[]): void {
    const declared = new Set([...this.byUrn.values()].map(({ parent }) => parent));
    const components = resources.filter(({ type, urn }) => type === daemonType && !declared.has(urn));
    for (const component of components) {
      this.byUrn.set(component.urn, component);
      const credentials = resources.filter(
        (each) =>
          each.parent === component.urn &&
          isOf(each, applicationPassword, applicationCertificate, applicationFederation),
      );
      const ids = credentials.flatMap(({ inputs }) => inputs.lower("applicationId") ?? []);
      for (const id of [...idsOf(component), ...ids]) this.byId.set(id, component);
    }
  }

  /** Whoever a resource's property names. */
  named(by: Resource, property: string, kind = "principal"): Party {
    const id = by.inputs.text(property);
    if (id !== undefined) return this.withId(id, kind);
    const origin = (by.origins.byProperty[property] ?? []).flatMap((urn) => this.byUrn.get(urn) ?? [])[0];
    return origin ? this.canonical(origin) : pendingParty(by, kind);
  }

  withId(id: string, kind = "principal"): Party {
    const declared = this.byId.get(id.toLowerCase());
    return declared ? this.canonical(declared) : { key: id.toLowerCase(), name: id, kind };
  }

  /** The application behind a service principal; others as they are. */
  canonical(resource: Resource): Party {
    if (!isOf(resource, servicePrincipal)) return partyOf(resource);
    const clientId = resource.inputs.text("clientId");
    const registered =
      clientId === undefined
        ? (resource.origins.byProperty["clientId"] ?? []).flatMap((urn) => this.byUrn.get(urn) ?? [])[0]
        : this.byId.get(clientId.toLowerCase());
    return partyOf(registered && isOf(registered, application) ? registered : resource);
  }
}

function idsOf(resource: Resource): string[] {
  const { id, outputs } = resource;
  // A service principal has its application's client ID too, which leads to the application.
  const own = isOf(resource, servicePrincipal) ? ["objectId"] : ["objectId", "clientId", "principalId"];
  const given = [id, id?.split("/").pop(), ...own.map((name) => outputs.text(name))];
  return given.flatMap((each) => (each === undefined || each === "" ? [] : [each.toLowerCase()]));
}

function partyOf(resource: Resource): Party {
  const kind =
    isOf(resource, application) || resource.type === daemonType
      ? "application"
      : isOf(resource, servicePrincipal)
        ? "service principal"
        : "managed identity";
  const displayName = resource.inputs.text("displayName") ?? resource.outputs.text("displayName");
  return { key: resource.urn, name: resource.name, kind, ...(displayName !== undefined && { displayName }) };
}

/** Nothing says who it will be but where it is declared. */
function pendingParty(by: Resource, kind: string): Party {
  const home = by.parent === "" || by.parent.includes(`::${stackType}::`) ? by.name : nameInUrn(by.parent);
  return { key: `pending ${by.urn} ${kind}`, name: `${home} (known after the update)`, kind };
}
