const { relative } = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

/** Files that take longest, the longest first. A name that fits no file is without effect. */
const slow = [
  "tests/engine/changedSettings",
  "tests/engine/yearTwo",
  "tests/engine/yearOne",
  "tests/engine/ownCommand",
  "tests/local/cli/commandLine",
  "tests/engine/kill",
  "tests/package/outside",
  "tests/tools/review/engine",
  "tests/engine/guarded",
  "tests/engine/letterCase",
  "tests/local/providers/engine",
  "tests/engine/faults",
  "tests/engine/lostAnswers",
  "tests/engine/secrets",
  "tests/engine/deletedSecret",
  "tests/engine/machineLearning",
  "tests/engine/firstRun",
  "tests/local/stack/anyFault",
  "tests/tools/verify/verify",
  "tests/local/cli/policies",
  "tests/docs/commands",
  "tests/policy/engine",
];

/**
 * Jest's own order is that of the last run's times, which a new clone has not: by size then. No long file may be left for the end,
 * where the other worker has nothing to do.
 */
module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path, context }) => {
      const file = relative(context.config.rootDir, path);
      const place = slow.findIndex((name) => file.startsWith(`${name}.`));
      return place === -1 ? slow.length : place;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
