import { runJest } from "./runJest.mjs";

await runJest(process.argv.slice(2));
