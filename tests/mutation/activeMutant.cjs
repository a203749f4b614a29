const VARIABLE = "__STRYKER_ACTIVE_MUTANT__";

/** The mutant that is on: Stryker names it in the process's environment, and the mutated code reads it from a global once it runs. */
const activeMutant = {
  get: () => process.env[VARIABLE],

  /** Switches a mutant, or none, on in a test environment while something runs. */
  async during(environment, mutant, run) {
    delete environment.global.process.env[VARIABLE];
    const context = environment.global["__stryker__"];
    context.activeMutant = mutant;
    try {
      return await run();
    } finally {
      delete context.activeMutant;
    }
  },
};

module.exports = { activeMutant };
