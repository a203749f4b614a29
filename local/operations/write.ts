import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { operationsTables } from "./page";
import { withSection } from "./section";

const file = join(__dirname, "..", "README.md");

void operationsTables().then((tables) => {
  writeFileSync(file, withSection(readFileSync(file, "utf8"), tables));
});
