import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const jestConfig = require("../../jest.config.js");

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: [
    "components/**/*.ts",
    "infra/**/*.ts",
    // What makes the published files and the reference: the tests of the package and of the pages run these.
    "!components/publishing/**",
    "!infra/reference/**",
    // Started by the engine alone.
    "!components/plugin.ts",
    "!infra/index.ts",
  ],
  testRunner: "jest",
  coverageAnalysis: "perTest",
  plugins: ["@stryker-mutator/jest-runner", "./tests/mutation/messageTexts.mjs"],
  ignorers: ["message-texts"],
  jest: {
    config: {
      ...jestConfig,
      // With the sources, through which Jest finds the tests that a file is related to.
      roots: [
        "<rootDir>/components",
        "<rootDir>/infra",
        "<rootDir>/tests/components",
        "<rootDir>/tests/infra",
        "<rootDir>/tests/support",
      ],
      watchman: false,
      // They start the engine, and draw thousands of schedules, for each mutant.
      testPathIgnorePatterns: ["<rootDir>/tests/infra/nodejsHost", "<rootDir>/tests/components/identity/rotationWalk"],
      // Stryker's own environment extends it, and knows no <rootDir>.
      testEnvironment: require.resolve("../environment.cjs"),
      globalSetup: undefined,
      testSequencer: "@jest/test-sequencer",
      runner: "<rootDir>/tests/mutation/coveringTests.cjs",
    },
  },
  concurrency: 1,
  // The first mutant of many tests waits until all their files are loaded.
  timeoutMS: 300_000,
  // Reached while modules load: each of these would load all test files anew.
  ignoreStatic: true,
  tempDirName: ".mutation/sandbox",
  incremental: true,
  incrementalFile: ".mutation/incremental.json",
  reporters: ["clear-text", "progress-append-only", "html"],
  clearTextReporter: { logTests: false, reportTests: false },
  htmlReporter: { fileName: ".mutation/report.html" },
  allowConsoleColors: false,
};
