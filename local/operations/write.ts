import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { durationsTable, limitsTable } from "./conditionTables";
import { operationsTables } from "./page";
import { replicationTable } from "./replicationTable";
import { retriesTable } from "./retries";
import { withSection } from "./section";

const file = join(__dirname, "..", "README.md");

void operationsTables().then((operations) => {
  const sections = {
    operations,
    replication: replicationTable(),
    limits: limitsTable(),
    durations: durationsTable(),
    retries: retriesTable(),
  };
  const page = Object.entries(sections).reduce(
    (before, section) => withSection(before, ...section),
    readFileSync(file, "utf8"),
  );
  writeFileSync(file, page);
});
