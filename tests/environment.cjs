const { TestEnvironment } = require("jest-environment-node");

/** The Pulumi SDK notes where each promise was made, for a message that no test reads, and where each resource was declared. */
const notes = ["/@pulumi/pulumi/runtime/debuggable.js", "/@pulumi/pulumi/resource.js"];
const isNote = (site) => notes.some((file) => site?.getFileName()?.endsWith(file) === true);

/** Jest's own for Node.js; spares the SDK's notes the source maps, which take half of the time of a test of components. */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.Error.prepareStackTrace = (error, sites) =>
      isNote(sites[0]) ? String(error) : Error.prepareStackTrace(error, sites);
  }
};
