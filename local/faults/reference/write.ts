import { writeFileSync } from "node:fs";
import { referenceFiles } from "./referenceFiles";

for (const [file, content] of referenceFiles()) writeFileSync(file, content);
