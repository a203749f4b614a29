import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import * as components from "../../components/index";
import { blocksIn, place, root } from "./pages";

/** A piece of TypeScript that a reader would copy. */
export interface Example {
  /** Where it stands. */
  readonly place: string;
  readonly text: string;
}

const entry = join(root, "components", "index.ts");

/** What the fragments speak of without having declared it. Their own declarations hide these. */
const surroundings = `
  import type {
    ClientSecret, CredentialVault, DaemonAccessReference, DaemonApplication, DataLake,
  } from "azure-daemon-access";
  import type { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
  declare global {
    const access: DaemonAccessReference;
    const application: DaemonApplication;
    const identity: UserAssignedIdentity;
    const lake: DataLake;
    const secret: ClientSecret;
    const vault: CredentialVault;
    const workspaceId: string;
  }
`;

/** Every example of the pages, and of the components' own documentation. */
export const examples = (): Example[] => [
  ...blocksIn("ts").map((block) => ({ place: place(block), text: block.text })),
  ...sources(join(root, "components")).flatMap(examplesOf),
];

function sources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((found) => {
    const path = join(directory, found.name);
    if (found.isDirectory()) return ["bin", "node_modules"].includes(found.name) ? [] : sources(path);
    return /(?<!\.d)\.ts$/.test(found.name) ? [path] : [];
  });
}

function examplesOf(file: string): Example[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/@example\n \* ```ts\n([\s\S]*?) \* ```/g)].map((match) => ({
    place: `${relative(root, file)}:${text.slice(0, match.index).split("\n").length + 2}`,
    text: (match[1] ?? "").replace(/^ \* ?/gm, ""),
  }));
}

/**
 * Checks examples against the real sources, all in one program.
 * @returns a line for each fault, with the example's place
 */
export function faultsOf(given: readonly Example[]): string[] {
  const files = new Map(given.map(({ text }, index) => [join(root, `example-${index}.ts`), moduleOf(text)]));
  files.set(join(root, "example-surroundings.ts"), surroundings);
  // What a reader's own project has: strict, without this project's further options.
  const options = {
    ...projectOptions(),
    noUncheckedIndexedAccess: false,
    paths: { "azure-daemon-access": [entry] },
    noUnusedLocals: false,
    types: ["node"],
  };
  const host = ts.createCompilerHost(options);
  const onDisk = ts.createCompilerHost(options);
  host.fileExists = (name) => files.has(name) || onDisk.fileExists(name);
  host.readFile = (name) => files.get(name) ?? onDisk.readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = files.get(name);
    return text === undefined
      ? onDisk.getSourceFile(name, version, ...rest)
      : ts.createSourceFile(name, text, version, true);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((name, index) => {
    const file = program.getSourceFile(name);
    const where = given[index]?.place ?? "the surroundings";
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => `${where}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  });
}

/** A fragment imports what a reader of the page has imported by then. */
function moduleOf(text: string): string {
  if (/^import /m.test(text)) return `${text}\nexport {};\n`;
  const names = Object.keys(components).filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  return `import { ${names.join(", ")} } from "azure-daemon-access"; ${text}\nexport {};\n`;
}

function projectOptions(): ts.CompilerOptions {
  const file = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8"));
  const { compilerOptions } = file.config as { compilerOptions: object };
  return ts.convertCompilerOptionsFromJson(compilerOptions, root).options;
}
