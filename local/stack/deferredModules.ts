import { createRequire } from "node:module";

/**
 * Modules that the Pulumi SDK loads for turning functions into text, which no program here does. They take two thirds of
 * the SDK's start (1.0 s of 1.5 s), so they are loaded when they are used.
 */
const unused = ["typescript", "@npmcli/arborist"];

/** Puts a stand-in into the module cache that loads the module at its first use. */
function defer(name: string): void {
  const sdkRequire = createRequire(createRequire(__filename).resolve("@pulumi/pulumi/package.json"));
  const file = sdkRequire.resolve(name);
  if (sdkRequire.cache[file] !== undefined) {
    return;
  }
  let loaded: object | undefined;
  const load = (): object => {
    if (loaded === undefined) {
      Reflect.deleteProperty(sdkRequire.cache, file);
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
  sdkRequire.cache[file] = {
    ...module,
    id: file,
    filename: file,
    loaded: true,
    exports,
    children: [],
  };
}

unused.forEach(defer);
