import { cpSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { UserError } from "../../../../local/userError";
import { kept, textOf } from "./cache";
import type { MakeEnvironment, Workshop } from "./environment";
import { lastLines, run } from "./process";

/** Of a store that holds nothing secret: Java's own custom. */
const password = "changeit";

const tools = ["java", "keytool", "mvn"] as const;

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
    launch: async ({ proxyUrl, caFile }, scratch) => {
      const trustStore = await trusted(caFile, scratch, workshop);
      const { hostname, port } = new URL(proxyUrl);
      const classPath = [join(made, "target", "classes"), join(made, "target", "lib", "*")].join(delimiter);
      const settings = {
        "https.proxyHost": hostname,
        "https.proxyPort": port,
        "javax.net.ssl.trustStore": trustStore,
        "javax.net.ssl.trustStorePassword": password,
      };
      const properties = Object.entries(settings).map(([key, value]) => `-D${key}=${value}`);
      return { command: "java", args: [...properties, "-cp", classPath, program], cwd: scratch };
    },
  };
};

async function missingTools({ machine, signal }: Workshop): Promise<string[]> {
  const found = await Promise.all(
    tools.map(async (tool) => {
      const { code } = await run(tool, [tool === "keytool" ? "-help" : "-version"], { env: machine, signal });
      return code === 0 ? [] : [tool];
    }),
  );
  return found.flat();
}

/** Java reads no PEM: the CA goes into a store of its own. */
async function trusted(caFile: string, scratch: string, { machine, signal }: Workshop): Promise<string> {
  const store = join(scratch, "trusted.p12");
  const args = ["-importcert", "-noprompt", "-alias", "local-azure", "-file", caFile, "-keystore", store];
  const ended = await run("keytool", [...args, "-storepass", password], { env: machine, signal });
  if (ended.code !== 0) throw new UserError(`keytool could not import ${caFile}:\n${lastLines(ended, 3)}`);
  return store;
}

const versionIn = (jars: readonly string[], name: string): string =>
  jars.find((jar) => jar.startsWith(`${name}-`))?.slice(name.length + 1, -".jar".length) ?? "?";
