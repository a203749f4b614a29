require("./typescript.cjs");
const { deferSeldomUsed } = require("../../tools/program/deferredModules.ts");

/** For `node --require`: lets a Pulumi program start in a third of the time. */
deferSeldomUsed(require);
