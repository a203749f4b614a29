const debuggable = require("@pulumi/pulumi/runtime/debuggable.js");

/** Without the trace of where each promise was made, for a message that no test reads: 6 % of the time of an engine test. */
function debuggablePromise(promise, context) {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return debuggable.debuggablePromise(promise, context);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

module.exports = { ...debuggable, debuggablePromise };
