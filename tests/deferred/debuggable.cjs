const debuggable = require("@pulumi/pulumi/runtime/debuggable.js");

/** Without the trace of where each promise was made, for a message that no test reads: a tenth of a program's time. */
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
