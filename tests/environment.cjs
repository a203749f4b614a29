const { TestEnvironment } = require("jest-environment-node");
const warmProcess = require("./support/warmProcesses.cjs");
require("./compiledOnce.cjs");

/** The Pulumi SDK notes where each resource was declared. (Where each promise was made is left out by tests/deferred/debuggable.cjs.) */
const isNote = (site) => site?.getFileName()?.endsWith("/@pulumi/pulumi/resource.js") === true;

/**
 * Jest's own for Node.js. It spares the SDK's notes the source maps, which take half of the time of a test of components, and
 * hands from one test file to the next what runs their commands.
 */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.warmProcess = warmProcess;
    this.global.Error.prepareStackTrace = (error, sites) =>
      isNote(sites[0]) ? String(error) : Error.prepareStackTrace(error, sites);
  }
};
