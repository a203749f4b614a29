import { bootstrap, loadTypeScript } from "../../local/install/bootstrap.mjs";

await bootstrap();
// Never guessed from missing credentials: a pipeline that could not sign in must not pass on a review of local Azure.
loadTypeScript(process.argv.includes("--local") ? "local/review/main.ts" : "tools/review/main.ts");
