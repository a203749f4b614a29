import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { everyClient as clients } from "../../examples/clients/runner/catalogue";
import { programsDirectory } from "../../examples/clients/runner/deployment";
import { readConfiguration } from "../../infra/config";
import { identities, subscription, tenant, workspaceId } from "../../local/azure/landingZone/layout";
import { asPulumiHasThem } from "../support/stackSettings";

interface Daemon {
  readonly name: string;
  readonly formats: readonly string[];
}

const namespace = "azure-daemon-access:";
const text = (file: string): string => readFileSync(join(programsDirectory, file), "utf8");
const { config } = parse(text("Pulumi.clients.yaml")) as { readonly config: Readonly<Record<string, unknown>> };
const ours = Object.fromEntries(
  Object.entries(config).flatMap(([key, value]) =>
    key.startsWith(namespace) ? [[key.slice(namespace.length), value]] : [],
  ),
);
const daemons = ours["daemons"] as readonly Daemon[];

it.each(clients)("$name has its program and its pins", ({ directory, program, language, pins }) => {
  const file = language === "java" ? join("src", "main", "java", `${program}.java`) : program;
  for (const each of [file, pins]) expect(existsSync(join(programsDirectory, directory, each))).toBe(true);
});

it("pins every Python package to one version, and names no index", () => {
  for (const { directory, pins } of clients.filter(({ language }) => language === "python")) {
    const lines = text(join(directory, pins)).split("\n");
    const packages = lines.filter((line) => line !== "" && !line.startsWith("#"));
    expect(packages.filter((line) => !/^[A-Za-z0-9._-]+==[A-Za-z0-9.]+$/.test(line))).toEqual([]);
    expect(packages.length).toBeGreaterThan(5);
  }
});

it("pins every Node.js package to one version with its hash, and names no registry", () => {
  for (const { directory } of clients.filter(({ language }) => language === "node")) {
    const { dependencies } = JSON.parse(text(join(directory, "package.json"))) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    const lock = text(join(directory, "package-lock.json"));
    expect(lock).not.toMatch(/"resolved"|https?:\/\/registry/);
    const { packages } = JSON.parse(lock) as {
      readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
    };
    const unhashed = Object.entries(packages).filter(([path, { integrity }]) => path !== "" && integrity === undefined);
    expect(unhashed).toEqual([]);
  }
});

it("pins every Java package and plugin to one version", () => {
  for (const { directory, pins } of clients.filter(({ language }) => language === "java")) {
    const pom = text(join(directory, pins));
    for (const [part = ""] of pom.matchAll(/<(dependency|plugin)>[\s\S]*?<\/\1>/g)) {
      expect(part).toMatch(/<version>\d+(\.\d+)+<\/version>/);
    }
    expect(pom).not.toContain("<repositor");
  }
});

it("pins every Go module to one version with its sum", () => {
  for (const { directory, pins } of clients.filter(({ language }) => language === "go")) {
    const required = [...text(join(directory, pins)).matchAll(/^\t(\S+) (v\S+)/gm)];
    const sums = text(join(directory, "go.sum"));
    expect(required.length).toBeGreaterThan(3);
    expect(required.filter(([, module, version]) => !sums.includes(`${module ?? ""} ${version ?? ""} h1:`))).toEqual(
      [],
    );
  }
});

describe("the settings of the clients' stack", () => {
  it("are accepted", () => {
    expect(() => readConfiguration(asPulumiHasThem(ours), new Date("2027-02-01T00:00:00Z"))).not.toThrow();
  });

  it("name what local Azure's landing zone has", () => {
    expect(config).toMatchObject({ "azure-native:subscriptionId": subscription.id, "azuread:tenantId": tenant.id });
    expect(ours).toMatchObject({ workspaceId, readers: [{ objectId: identities.consumer.objectId }] });
  });

  it("have a daemon for each client, and no other", () => {
    expect(daemons.map(({ name }) => name)).toEqual(clients.map(({ name }) => name));
  });
});

it("is what the page of the clients tells", () => {
  const page = text("README.md");
  const rows = page.split("\n").flatMap((line) => {
    const [, name, program, , reads] =
      /^\| `([\w-]+)` +\| \[([^\]]+)\]\(\2\) +\| ([^|]+) \| ([^|]+) \|/.exec(line) ?? [];
    return name === undefined
      ? []
      : [{ name, program, reads: [...(reads ?? "").matchAll(/`([^`]+)`/g)].map(([, format]) => format) }];
  });
  expect(rows).toEqual(
    clients.map(({ name, directory, program, language }) => ({
      name,
      program: `${directory}/${language === "java" ? `src/main/java/${program}.java` : program}`,
      reads: daemons.find((daemon) => daemon.name === name)?.formats,
    })),
  );
});

it("takes its settings from Key Vault: no program reads another variable than the vault, the daemon and the reader", () => {
  const allowed = new Set(["VAULT_URL", "DAEMON", "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"]);
  for (const { directory, program, language } of clients) {
    const source = text(
      join(directory, language === "java" ? join("src", "main", "java", `${program}.java`) : program),
    );
    const read = [
      ...source.matchAll(/os\.environ\[["'](\w+)["']\]|[gG]etenv\("(\w+)"\)|env\.get\("(\w+)"\)|process\.env\.(\w+)/g),
    ].map((found) => found.slice(1).join(""));
    expect(read.filter((name) => !allowed.has(name))).toEqual([]);
    expect(source).not.toMatch(/argparse|https:\/\/[\w.-]+\.vault\.azure\.net|[0-9a-f]{8}-[0-9a-f]{4}-/);
  }
});
