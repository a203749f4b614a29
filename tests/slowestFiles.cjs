const { relative } = require("node:path");

const LISTED = 10;

/** Closes a run of several files with the ten that took longest. */
module.exports = class SlowestFiles {
  onRunComplete(_contexts, { testResults }) {
    if (testResults.length < LISTED) return;
    const files = testResults
      .map(({ testFilePath, perfStats }) => ({ file: relative(process.cwd(), testFilePath), ms: perfStats.runtime }))
      .sort((one, other) => other.ms - one.ms)
      .slice(0, LISTED);
    const rows = files.map(({ file, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${file}`);
    process.stderr.write(`\nSlowest test files:\n${rows.join("\n")}\n`);
  }
};
