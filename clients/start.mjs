import { bootstrap, loadTypeScript } from "../local/install/bootstrap.mjs";

await bootstrap();
loadTypeScript("clients/main.ts");
