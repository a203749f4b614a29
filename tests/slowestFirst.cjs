const { relative } = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

/** Files that take longest, the longest first. A name that fits no file is without effect. */
const slow = [
  "tests/engine/changedSettings",
  "tests/package/outside",
  "tests/engine/estateMove",
  "tests/engine/crash/engineAndDriver",
  "tests/engine/kill",
  "tests/engine/estateCutOff",
  "tests/engine/estateFailures",
  "tests/engine/yearOne",
  "tests/engine/replication",
  "tests/pipelines/engineSteps",
  "tests/engine/faultMatrix/faultMatrix",
  "tests/engine/estate",
  "tests/local/stack/anyFault",
  "tests/soak/soak",
  "tests/engine/certificates",
  "tests/clients/permissions",
  "tests/tools/review/engine",
  "tests/clients/dataLakeGen1",
  "tests/tools/report/page",
  "tests/bench/stateBackends",
  "tests/engine/interrupt",
  "tests/engine/yearTwo",
  "tests/engine/renames",
  "tests/engine/crash/localAzure",
  "tests/docs/commands",
  "tests/policy/engine",
  "tests/engine/faults",
  "tests/local/providers/engine",
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
