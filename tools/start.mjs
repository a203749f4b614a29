#!/usr/bin/env node
import { bootstrap, loadTypeScript } from "../local/install/bootstrap.mjs";

await bootstrap();
const { main, end } = loadTypeScript("tools/cli/main.ts");
await main(process.argv.slice(2));
await end();
