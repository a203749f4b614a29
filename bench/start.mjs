import { bootstrap, loadTypeScript } from "../local/install/bootstrap.mjs";

await bootstrap();
loadTypeScript("bench/main.ts");
