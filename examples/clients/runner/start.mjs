import { bootstrap, loadTypeScript } from "../../../local/install/bootstrap.mjs";

await bootstrap();
loadTypeScript("examples/clients/runner/main.ts");
