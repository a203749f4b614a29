import { bootstrap, loadTypeScript } from "../../local/install/bootstrap.mjs";

await bootstrap();
loadTypeScript("tools/credentials/main.ts");
