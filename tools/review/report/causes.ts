import type { Report } from "./schema";

type Change = Report["access"]["changes"][number];
type Finding = Report["policies"]["mandatory"][number];

/** An access change with all that is found about it: a reader meets one cause once. */
export interface Caused {
  readonly change: Change;
  readonly risk: Report["risks"][number] | undefined;
  readonly violations: readonly Finding[];
}

/** What is found, by its cause: with the access change that it is about, or by itself. */
export interface Causes {
  readonly changes: readonly Caused[];
  readonly risks: Report["risks"];
  readonly violations: readonly Finding[];
}

/** A violation is about an access change where a resource gives both, and the finding names what is gained or on what. */
export function causesIn({ access, risks, policies: { mandatory } }: Report): Causes {
  const left = new Set(mandatory);
  const changes = access.changes.map((change): Caused => {
    const violations = mandatory.filter((finding) => left.has(finding) && isAbout(finding, change));
    for (const finding of violations) left.delete(finding);
    return { change, risk: risks.find(({ access: id }) => id === change.id), violations };
  });
  return {
    changes,
    risks: risks.filter(({ access: id }) => id === undefined || !access.changes.some((change) => change.id === id)),
    violations: mandatory.filter((finding) => left.has(finding)),
  };
}

function isAbout({ resource, message }: Finding, { declaredBy, direction, to, before, after }: Change): boolean {
  if (resource === undefined || direction === "loses" || !declaredBy.includes(resource.urn)) return false;
  const gained = after.filter((what) => !before.includes(what));
  return [to.name, ...gained].some((word) => word !== "granted" && word !== "requested" && message.includes(word));
}
