import { createRequire } from "node:module";
import { deferSeldomUsed } from "./deferredModules";

// Imported before the Pulumi SDK.
deferSeldomUsed(createRequire(__filename));
