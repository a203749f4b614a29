module.exports = require("./defer.cjs")(() => require("@npmcli/arborist/lib/index.js"));
