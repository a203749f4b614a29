"use strict";
// The policy SDK asks Pulumi's index for its asset classes and Output alone, and the rest of the index takes half a second to load.
// So the index is answered here with what it is asked for, part by part, and is loaded whole if anything else is.
const { createRequire } = require("node:module");
const path = require("node:path");

const fromPolicySdk = createRequire(require.resolve("@pulumi/policy"));
const index = fromPolicySdk.resolve("@pulumi/pulumi");
const part = (file) => require(path.join(path.dirname(index), file));
const parts = { asset: () => part("asset"), Output: () => part("output").Output };

if (!require.cache[index]) {
  const answer = (_target, name) => {
    if (Object.hasOwn(parts, name)) return parts[name]();
    delete require.cache[index];
    return require(index)[name];
  };
  require.cache[index] = { id: index, filename: index, loaded: true, exports: new Proxy({}, { get: answer }) };
}
