const { dirname, join } = require("node:path");
const { default: circus } = require("jest-circus/runner");
const { activeMutant } = require("./activeMutant.cjs");

const ADAPTER = join(dirname(require.resolve("jest-circus/runner")), "jestAdapterInit.js");
/** A mutant may keep a program waiting; the tests of a loaded file take milliseconds. */
const TEST_TIMEOUT_MS = 2_000;
/** Test files that stay loaded, by path. */
const kept = new Map();

/**
 * Runs the tests of one file: for a mutant that its tests reach, in a file that stays loaded from mutant to mutant, as Stryker's
 * mutants are switched on at run time. Loading takes ten times as long as running.
 *
 * A file with a failure that lasts when the mutant is off is loaded anew for the next one.
 */
module.exports = async function runFile(globalConfig, config, environment, runtime, testPath) {
  const file = kept.get(testPath) ?? (await load(globalConfig, config, environment, runtime, testPath));
  const result = await file.run(globalConfig.testNamePattern, activeMutant.get());
  const failures = result.testResults.filter(({ status }) => status === "failed");
  if (failures.length === 0 && !result.testExecError) return result;
  const pattern = failures.map(({ fullName }) => escape(fullName)).join("|");
  const healthy = await file.run(pattern, undefined);
  if (healthy.numFailingTests > 0 || healthy.testExecError) kept.delete(testPath);
  return result;
};

const escape = (text) => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&");

/** Loads a file with no mutant on, and keeps it. */
async function load(globalConfig, config, environment, runtime, testPath) {
  environment.teardown = async () => {};
  runtime.teardown = () => {};
  // All its tests, so that whatever they load when they first run is there too.
  await activeMutant.during(environment, undefined, () =>
    circus({ ...globalConfig, testNamePattern: undefined }, config, environment, runtime, testPath),
  );
  const state = stateOf(environment.global);
  const handlers = environment.global[Symbol.for("EVENT_HANDLERS")];
  handlers.push((event, running) => {
    // One failure is enough: the rest of the file is skipped.
    if (event.name === "test_done" && event.test.errors.length > 0) running.testNamePattern = /(?!)/;
  });
  const { runAndTransformResultsToJestFormat } = runtime.requireInternalModule(ADAPTER);
  const file = {
    async run(testNamePattern, mutant) {
      testsOf(state.rootDescribeBlock).forEach(reset);
      state.testTimeout = TEST_TIMEOUT_MS;
      state.unhandledErrors = [];
      state.unhandledRejectionErrorByPromise = new Map();
      for (const handle of handlers) await handle({ name: "setup", parentProcess: process, testNamePattern }, state);
      return await activeMutant.during(environment, mutant, () =>
        runAndTransformResultsToJestFormat({ config, globalConfig, setupAfterEnvPerfStats: {}, testPath }),
      );
    },
  };
  kept.set(testPath, file);
  return file;
}

function stateOf(global) {
  const symbols = Object.getOwnPropertySymbols(global).filter(({ description }) => description === "JEST_STATE_SYMBOL");
  return symbols.map((symbol) => global[symbol]).find(({ rootDescribeBlock }) => rootDescribeBlock.children.length > 0);
}

const testsOf = ({ children }) => children.flatMap((child) => (child.type === "test" ? [child] : testsOf(child)));

function reset(test) {
  Object.assign(test, { errors: [], retryReasons: [], status: null, invocations: 0, numPassingAsserts: 0 });
  test.unhandledRejectionErrorByPromise = new Map();
}
