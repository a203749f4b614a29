/**
 * Loaded into every Node.js program on local Azure, by NODE_OPTIONS: gives the program's own fetch the proxy that
 * HTTPS_PROXY names, where this Node.js cannot do so itself. From 22.21 and 24.5 on NODE_USE_ENV_PROXY does it.
 */
const dispatcher = Symbol.for("undici.globalDispatcher.1");

/**
 * undici takes long to load, and most programs never fetch: it is loaded when fetch first asks for its dispatcher. The agent
 * alone is loaded, as the one who asks may be this very undici, half loaded by the program.
 */
function proxyOnFirstUse() {
  let loading = false;
  Object.defineProperty(globalThis, dispatcher, {
    configurable: true,
    get() {
      if (loading) return undefined;
      loading = true;
      const EnvHttpProxyAgent = require("undici/lib/dispatcher/env-http-proxy-agent");
      // undici's index gives dispatchers these methods, and the proxy's agent needs one.
      Object.assign(require("undici/lib/dispatcher/dispatcher").prototype, require("undici/lib/api"));
      const value = new EnvHttpProxyAgent();
      Object.defineProperty(globalThis, dispatcher, { value, writable: true, configurable: true });
      return value;
    },
  });
}

if (!process.allowedNodeEnvironmentFlags.has("--use-env-proxy")) proxyOnFirstUse();
