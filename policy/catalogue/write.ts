import { writeFileSync } from "node:fs";
import path from "node:path";
import { rulesPage } from "./page";

writeFileSync(path.join(__dirname, "..", "RULES.md"), rulesPage());
