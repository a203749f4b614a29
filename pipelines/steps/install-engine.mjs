// The Automation API installs the engine of its own version, so that engine and SDK never part.
import { createRequire } from "node:module";

const { PulumiCommand } = createRequire(import.meta.url)("@pulumi/pulumi/automation");
const [root] = process.argv.slice(2);
const { command, version } = await PulumiCommand.install({ root });
console.log(`Pulumi ${version} is at ${command}.`);
