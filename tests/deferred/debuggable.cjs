// As in a process that has loaded the components, also for tests of single files: 6 % of the time of an engine test.
require("../../components/promiseTraces.ts");

module.exports = require("@pulumi/pulumi/runtime/debuggable.js");
