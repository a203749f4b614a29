import { cpSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { kept, textOf } from "./cache";
import type { MakeEnvironment, Workshop } from "./environment";
import { run } from "./process";

const tools = ["java", "mvn"] as const;

/** Compiled classes and the jars that they need, from a pom.xml. */
export const javaEnvironment: MakeEnvironment = async ({ name, directory, program, pins, packages }, workshop) => {
  const missing = await missingTools(workshop);
  if (missing.length > 0) return { missing: `there is no ${missing.join(", no ")}` };
  const programs = join(workshop.programs, directory);
  const source = join("src", "main", "java", `${program}.java`);
  const of = [textOf(join(programs, pins)), textOf(join(programs, source))];
  const made = await kept(name, of, workshop, (at) => {
    for (const file of [pins, source]) cpSync(join(programs, file), join(at, file), { recursive: true });
    return [
      ["mvn", "--batch-mode", "--quiet", "compile", "dependency:copy-dependencies", "-DoutputDirectory=target/lib"],
    ];
  });
  const jars = readdirSync(join(made, "target", "lib"));
  return {
    versions: packages.map((each) => `${each} ${versionIn(jars, each)}`),
    // The proxy and the CA are in JAVA_TOOL_OPTIONS.
    launch: (_connection, scratch) => {
      const classPath = [join(made, "target", "classes"), join(made, "target", "lib", "*")].join(delimiter);
      return Promise.resolve({ command: "java", args: ["-cp", classPath, program], cwd: scratch });
    },
  };
};

async function missingTools({ machine, signal }: Workshop): Promise<string[]> {
  const found = await Promise.all(
    tools.map(async (tool) => {
      const { code } = await run(tool, ["-version"], { env: machine, signal });
      return code === 0 ? [] : [tool];
    }),
  );
  return found.flat();
}

const versionIn = (jars: readonly string[], name: string): string =>
  jars.find((jar) => jar.startsWith(`${name}-`))?.slice(name.length + 1, -".jar".length) ?? "?";
