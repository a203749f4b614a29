import { createRequire } from "node:module";

/**
 * Modules that the Pulumi SDK loads for turning functions into text, which few programs do. They take two thirds of the
 * SDK's start, so they are loaded when they are used.
 */
const seldomUsed = ["typescript", "@npmcli/arborist"];

/**
 * Lets the Pulumi SDK start without what it seldom uses: until that is used, something stands for it in the module cache.
 *
 * @param from resolves the SDK
 * @returns takes out of the cache what stands there, so that whoever else loads these modules gets them themselves
 */
export function deferSeldomUsed(from: NodeJS.Require): () => void {
  const sdkRequire = createRequire(from.resolve("@pulumi/pulumi/package.json"));
  const undo = seldomUsed.map((name) => defer(sdkRequire, name));
  return () => {
    for (const each of undo) each();
  };
}

/** Puts a stand-in into the module cache that loads the module at its first use. */
function defer(sdkRequire: NodeJS.Require, name: string): () => void {
  const file = resolved(sdkRequire, name);
  if (file === undefined || sdkRequire.cache[file] !== undefined) return () => undefined;
  let loaded: object | undefined;
  const load = (): object => {
    if (loaded === undefined) {
      takeOut();
      loaded = sdkRequire(file) as object;
    }
    return loaded;
  };
  const exports = new Proxy(
    {},
    {
      // Compiled imports ask for this mark first; with it they take the stand-in as it is.
      get: (_target, key): unknown => (key === "__esModule" ? true : Reflect.get(load(), key)),
      has: (_target, key) => Reflect.has(load(), key),
    },
  );
  const standIn: NodeJS.Module = { ...module, id: file, filename: file, loaded: true, exports, children: [] };
  const takeOut = (): void => {
    if (sdkRequire.cache[file] === standIn) Reflect.deleteProperty(sdkRequire.cache, file);
  };
  sdkRequire.cache[file] = standIn;
  return takeOut;
}

/** Undefined where this SDK does without it. */
function resolved(sdkRequire: NodeJS.Require, name: string): string | undefined {
  try {
    return sdkRequire.resolve(name);
  } catch {
    return undefined;
  }
}
