/** @type {import("jest").Config} */
module.exports = {
  roots: ["<rootDir>/tests"],
  testMatch: ["**/*.test.ts"],
  // It packs and installs all packages: a minute of two cores, which `npm run soak -- --short` takes, and who names it.
  testPathIgnorePatterns: [
    "/node_modules/",
    ...(process.env.SOAK === "1" || process.argv.some((argument) => argument.includes("package/outside"))
      ? []
      : ["<rootDir>/tests/package/outside\\.test"]),
  ],
  testEnvironment: "<rootDir>/tests/environment.cjs",
  globalSetup: "<rootDir>/tests/tenantKey.cjs",
  transform: {
    "\\.(ts|js|mjs)$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript", decorators: true }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  moduleNameMapper: {
    // The examples import the package as its users do; here it is not built.
    "^azure-daemon-access$": "<rootDir>/components/index.ts",
    // The Pulumi SDK loads these for turning functions into text, which no test does: half of its load.
    "^@npmcli/arborist$": "<rootDir>/tests/deferred/arborist.cjs",
    "/debuggable$": "<rootDir>/tests/deferred/debuggable.cjs",
    "/typescript-shim$": "<rootDir>/tests/deferred/typescript.cjs",
    // Zod's messages in fifty languages; the English ones are loaded by themselves.
    "/locales/index\\.cjs$": "<rootDir>/tests/deferred/locales.cjs",
  },
  // Published as ES modules only.
  transformIgnorePatterns: ["/node_modules/(?!(jose)/)"],
  testSequencer: "<rootDir>/tests/slowestFirst.cjs",
  reporters: ["default", "<rootDir>/tests/slowestFiles.cjs"],
  // One more than the cores the tests are to have: a worker that waits for an engine leaves its core to another.
  maxWorkers: 3,
  // A worker keeps something of each file's modules, and Azure's SDKs are large: past this its garbage costs more than a new start.
  workerIdleMemoryLimit: "1GB",
  // Three workers and their engines share two cores; a busy machine must not fail a test that awaits an event.
  testTimeout: 60_000,
};
