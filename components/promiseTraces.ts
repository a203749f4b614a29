import { createRequire } from "node:module";

interface Debuggable {
  debuggablePromise?: <T>(promise: Promise<T>, context: unknown) => Promise<T>;
  /** With PULUMI_DEBUG_PROMISE_LEAKS. */
  readonly debugPromiseLeaks?: boolean;
}

/**
 * The SDK notes for each of a resource's properties, four times, from where it was declared, and prints that with
 * PULUMI_DEBUG_PROMISE_LEAKS alone. It is a fifth of the time of a preview. Without the variable nothing is noted.
 */
function leaveOut(sdk: Debuggable): void {
  const { debuggablePromise, debugPromiseLeaks } = sdk;
  // Another version of the SDK may have no such function.
  if (typeof debuggablePromise !== "function" || debugPromiseLeaks !== false) return;
  sdk.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

// The module itself, which the SDK calls through; an import would copy it.
leaveOut(createRequire(__filename)("@pulumi/pulumi/runtime/debuggable.js") as Debuggable);
