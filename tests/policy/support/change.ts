import type { Declared } from "./findings";

export type Change = (resource: Declared) => Declared;

/** Sets one property, by path. */
export const set =
  (path: string, value: unknown): Change =>
  (resource) =>
    edited(resource, path, (parent, key) => {
      parent[key] = value;
    });

/** Takes one property, or a whole block, out. */
export const without =
  (path: string): Change =>
  (resource) =>
    edited(resource, path, (parent, key) => {
      Reflect.deleteProperty(parent, key);
    });

export const withOptions =
  (opts: NonNullable<Declared["opts"]>): Change =>
  (resource) => ({ ...resource, opts: { ...resource.opts, ...opts } });

export const from =
  (property: string, ...names: string[]): Change =>
  (resource) => ({ ...resource, from: { ...resource.from, [property]: names } });

export const both =
  (...changes: Change[]): Change =>
  (resource) =>
    changes.reduce((changed, change) => change(changed), resource);

type Edit = (parent: Record<string, unknown>, key: string) => void;

function edited(resource: Declared, path: string, edit: Edit): Declared {
  const props = structuredClone(resource.props);
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let parent = props;
  for (const key of keys) {
    parent[key] ??= {};
    parent = parent[key] as Record<string, unknown>;
  }
  edit(parent, last);
  return { ...resource, props };
}
