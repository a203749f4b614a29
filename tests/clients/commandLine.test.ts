import { CommanderError } from "commander";
import { everyClient } from "../../examples/clients/runner/catalogue";
import { parseArguments, type Options } from "../../examples/clients/runner/commandLine";

const parse = (
  argv: readonly string[],
  machine: NodeJS.ProcessEnv = { XDG_CACHE_HOME: "/caches" },
): { options?: Options; exitCode?: number; out: string; err: string } => {
  const printed = { out: "", err: "" };
  const print = { out: (text: string) => (printed.out += text), err: (text: string) => (printed.err += text) };
  try {
    return { options: parseArguments(argv, machine, print), ...printed };
  } catch (error) {
    if (error instanceof CommanderError) return { exitCode: error.exitCode, ...printed };
    throw error;
  }
};

describe("npm run clients", () => {
  it("runs every client where none is named, with packages kept among the user's caches", () => {
    expect(parse([])).toMatchObject({
      options: { clients: everyClient, json: false, cache: "/caches/azure-daemon-access/clients" },
    });
  });

  it("runs the clients that are named, in the table's order", () => {
    const { options } = parse(["--only", "node-msal", "--only", "python-msal", "--json", "--cache", "/tmp/c"]);
    expect(options?.clients.map(({ name }) => name)).toEqual(["python-msal", "node-msal"]);
    expect(options).toMatchObject({ json: true, cache: "/tmp/c" });
  });

  it("refuses a client that nobody knows, and lists those there are", () => {
    const { exitCode, err } = parse(["--only", "ruby-msal"]);
    expect(exitCode).toBe(1);
    expect(err).toContain(
      `argument 'ruby-msal' is invalid. Give one of ${everyClient.map(({ name }) => name).join(", ")}.`,
    );
  });

  it("tells what it does and which clients there are", () => {
    const { out } = parse(["--help"]);
    for (const { name } of everyClient) expect(out).toContain(name);
    expect(out).toContain(
      "Exit code: 0 where no client failed; 1 where one did; 2 for wrong arguments; 130 interrupted.",
    );
  });
});
