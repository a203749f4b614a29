const { generateKeyPairSync } = require("node:crypto");

/** Makes one key for the tenant of every local Azure that a test opens: a key for each would take a fifth of the run. */
module.exports = () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  process.env["TESTS_TENANT_KEY"] = privateKey.export({ type: "pkcs8", format: "pem" });
};
