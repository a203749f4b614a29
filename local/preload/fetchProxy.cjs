/**
 * Loaded into every Node.js program on local Azure, by NODE_OPTIONS: gives the program's own fetch the proxy that
 * HTTPS_PROXY names, where this Node.js cannot do so itself. From 22.21 and 24.5 on NODE_USE_ENV_PROXY does it.
 */
const dispatcher = Symbol.for("undici.globalDispatcher.1");

/** undici takes long to load, and most programs never fetch: it is loaded when fetch first asks for its dispatcher. */
function proxyOnFirstUse() {
  let loading = false;
  Object.defineProperty(globalThis, dispatcher, {
    configurable: true,
    get() {
      // undici asks for the dispatcher too, while it is being loaded, and then sets its own.
      if (loading) return undefined;
      loading = true;
      const { EnvHttpProxyAgent, setGlobalDispatcher } = require("undici");
      setGlobalDispatcher(new EnvHttpProxyAgent());
      return globalThis[dispatcher];
    },
  });
}

if (!process.allowedNodeEnvironmentFlags.has("--use-env-proxy")) proxyOnFirstUse();
