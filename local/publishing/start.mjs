import { bootstrap, loadTypeScript } from "../install/bootstrap.mjs";

await bootstrap();
const { packAll } = loadTypeScript("local/publishing/pack.ts");
const [destination = "release"] = process.argv.slice(2);
for (const file of packAll(destination)) process.stdout.write(`${file}\n`);
