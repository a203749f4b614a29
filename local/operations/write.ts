import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { operationsTables } from "./page";
import { replicationTable } from "./replicationTable";
import { withSection } from "./section";

const file = join(__dirname, "..", "README.md");

void operationsTables().then((tables) => {
  const page = withSection(readFileSync(file, "utf8"), "operations", tables);
  writeFileSync(file, withSection(page, "replication", replicationTable()));
});
