import { bootstrap, loadTypeScript } from "../../local/install/bootstrap.mjs";

await bootstrap();
loadTypeScript("tools/adopt/main.ts");
