const { readFileSync, writeFileSync } = require("node:fs");
const { basename, dirname, join } = require("node:path");
const { default: TestRunner } = require("jest-runner");
const { activeMutant } = require("./activeMutant.cjs");

const KEPT_FILES = require.resolve("./keptFiles.cjs");

/**
 * Judges a mutant by the tests of its own folder, such as tests/components/identity for components/identity, up to the first file
 * that fails.
 *
 * Stryker gives the names of the tests that reach a mutant; Jest alone would load each file to look for them. The run without a
 * mutant, which comes first, records the tests of each file.
 */
module.exports = class CoveringTests extends TestRunner {
  async runTests(tests, watcher, options) {
    const { rootDir, testNamePattern, nonFlagArgs } = this._globalConfig;
    const recordFile = join(rootDir, "tests-by-file.json");
    const results = {};
    let failed = false;
    this.on("test-file-success", ([{ path }, { numFailingTests, testResults, perfStats }]) => {
      failed ||= numFailingTests > 0;
      results[path] = { names: testResults.map(({ fullName }) => fullName), ms: perfStats.runtime };
    });
    this.on("test-file-failure", () => {
      failed = true;
    });
    const folders = new Set(nonFlagArgs.map(folderOf));
    const near = tests.filter(({ path }) => folders.has(folderOf(path)));
    if (activeMutant.get() === undefined) {
      await super.runTests(near, watcher, options);
      writeFileSync(recordFile, JSON.stringify(results));
      return;
    }
    const record = JSON.parse(readFileSync(recordFile, "utf8"));
    const pattern = new RegExp(testNamePattern ?? "", "i");
    const covering = near.filter(({ path }) => record[path]?.names.some((name) => pattern.test(name)));
    for (const test of covering.sort(likeliestFirst(nonFlagArgs[0] ?? "", record))) {
      await super.runTests([inKeptFile(test)], watcher, options);
      if (failed) return;
    }
  }
};

const folderOf = (path) => basename(dirname(path));

const inKeptFile = ({ path, context }) => ({
  path,
  context: { ...context, config: { ...context.config, testRunner: KEPT_FILES } },
});

/** The mutated file's own tests, then the quickest. */
function likeliestFirst(mutated, record) {
  const rank = ({ path }) => (basename(path, ".test.ts") === basename(mutated, ".ts") ? 0 : 1);
  return (one, other) => rank(one) - rank(other) || record[one.path].ms - record[other.path].ms;
}
