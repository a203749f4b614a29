import { bootstrap, loadTypeScript } from "../local/install/bootstrap.mjs";

await bootstrap();
loadTypeScript("adopt/main.ts");
