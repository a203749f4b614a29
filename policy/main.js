"use strict";
// Pulumi requires a pack's `main` under plain Node; the pack itself is TypeScript.
require("./launcher/onlyAssets.js");
require("tsx/cjs");
require("./index.ts");
