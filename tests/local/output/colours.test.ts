import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { typeScriptOptions } from "../../support/typeScriptOptions";

const root = join(__dirname, "..", "..", "..");
const program = `
const { Console } = require("./local/output/console.ts");
const console = new Console({ json: false, verbose: false });
console.line(console.colors.green("done"));
`;

it("colours nothing on a pipe, even where a pipeline's environment asks for colours", () => {
  const { stdout, stderr } = spawnSync(process.execPath, [...typeScriptOptions, "-e", program], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, CI: "true", FORCE_COLOR: "1" },
  });
  expect({ stdout, stderr: stderr.replace(/^\(node:\d+\) Warning: .*\n.*\n/, "") }).toEqual({
    stdout: "done\n",
    stderr: "",
  });
});
