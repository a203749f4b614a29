import { createRequire } from "node:module";
import { deferSeldomUsed } from "../../tools/program/deferredModules";

// Imported before the Pulumi SDK.
deferSeldomUsed(createRequire(__filename));
