#!/usr/bin/env node
import { bootstrap, loadTypeScript } from "./install/bootstrap.mjs";

await bootstrap();
const { main } = loadTypeScript("local/cli.ts");
await main(process.argv.slice(2));
