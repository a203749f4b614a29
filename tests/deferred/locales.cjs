module.exports = require("./defer.cjs")(() => require("zod/v4/locales"));
