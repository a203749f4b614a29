// Makes Markdown of what verify --json printed. verify itself keeps secrets out of it.
import { readFileSync } from "node:fs";
import { cell, stackName } from "./markdown.mjs";

const [file] = process.argv.slice(2);
const text = readFileSync(file, "utf8");

if (text.trim() === "") {
  console.log(`### verify of \`${stackName()}\` did not run\n\nThe log of the step has the error.`);
} else {
  const { vault, ok, counts, checks } = JSON.parse(text);
  const rows = checks.map(
    ({ daemon, check, result, reason, remedy }) =>
      `| ${[daemon ?? "", check, result, reason?.code ?? "", remedy ?? ""].map(cell).join(" | ")} |`,
  );
  console.log(
    [
      `### verify of \`${stackName()}\`: ${ok ? "every credential works" : "a credential does not work"}`,
      "",
      `${counts.passed} passed, ${counts.waiting} waiting, ${counts.failed} failed, ${counts.skipped} skipped, in ${vault}`,
      "",
      "| daemon | call | result | reason | what to do |",
      "| --- | --- | --- | --- | --- |",
      ...rows,
    ].join("\n"),
  );
}
