import { nextSteps } from "../../../local/output/nextSteps";

it("gives three next steps, each with what to run or read, within 80 columns", () => {
  const lines = nextSteps("dev", 80).split("\n");
  expect(lines.filter((line) => /^ {2}\d\. /.test(line))).toHaveLength(3);
  expect(lines.join("\n")).toContain("npx daemon-access report --stack dev --local");
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});
