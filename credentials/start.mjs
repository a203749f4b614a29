import { bootstrap, loadTypeScript } from "../local/install/bootstrap.mjs";

await bootstrap();
loadTypeScript("credentials/main.ts");
