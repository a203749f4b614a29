const { TestEnvironment } = require("jest-environment-node");

/** The Pulumi SDK notes where each promise was made, for a message that no test reads. */
const isNote = (site) => site?.getFileName()?.endsWith("/@pulumi/pulumi/runtime/debuggable.js") === true;

/** Jest's own for Node.js; spares the SDK's notes the source maps, which take half of the time of a test of components. */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.Error.prepareStackTrace = (error, sites) =>
      isNote(sites[0]) ? String(error) : Error.prepareStackTrace(error, sites);
  }
};
