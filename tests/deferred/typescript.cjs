module.exports = require("./defer.cjs")(() => require("@pulumi/pulumi/typescript-shim.js"));
