import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import { parse } from "yaml";
import { KEY_VAULT_SECRETS_USER } from "../../../components/access/roles";
import { STACK_CONTRACT_VERSION } from "../../../components/stack/contract";
import { ownersOutputs } from "../../components/stack/ownersOutputs";
import { run } from "../../support/command";
import { componentOf, hasPath } from "./schemaPath";

const consumers = join(__dirname, "../../../examples/consumers");

interface Resource {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

describe("the example in YAML", () => {
  const text = readFileSync(join(consumers, "yaml/Pulumi.yaml"), "utf8");
  const program = parse(text) as {
    readonly packages: Readonly<Record<string, string>>;
    readonly config: Readonly<Record<string, unknown>>;
    readonly resources: Readonly<Record<string, Resource>>;
  };
  const ours = Object.entries(program.resources).filter(([, { type }]) => type.startsWith("azure-daemon-access:"));

  it("takes the package from a directory that is one", () => {
    const { "azure-daemon-access": directory = "" } = program.packages;
    expect(existsSync(join(consumers, "yaml", directory, "PulumiPlugin.yaml"))).toBe(true);
  });

  it("gives components of the package what they take, and all that they need", () => {
    expect(ours.map(([, { type }]) => type)).toEqual([
      "azure-daemon-access:DaemonAccessReference",
      "azure-daemon-access:CredentialReader",
    ]);
    for (const [, { type, properties }] of ours) {
      const { inputProperties, requiredInputs } = componentOf(type) ?? {};
      expect(Object.keys(inputProperties ?? {})).toEqual(expect.arrayContaining(Object.keys(properties)));
      expect(Object.keys(properties)).toEqual(expect.arrayContaining([...(requiredInputs ?? ["a component"])]));
    }
  });

  it("uses azure-native by its own token", () => {
    const [other] = Object.values(program.resources).filter(({ type }) => type.startsWith("azure-native:"));
    const { __pulumiType: token } = UserAssignedIdentity as unknown as { __pulumiType: string };
    expect(other?.type).toBe(token);
  });

  it("refers to nothing that isn't there", () => {
    const references = [...text.replaceAll('\\"', '"').matchAll(/\$\{([\w-]+)((?:\.[\w-]+|\["[^"]+"\])*)\}/g)];
    expect(references.length).toBeGreaterThan(5);
    for (const [whole, name = "", path = ""] of references) {
      const resource = program.resources[name];
      const component = componentOf(resource?.type ?? "");
      const known = component ? hasPath(component, path.slice(1)) : name in program.config || resource !== undefined;
      expect([whole, known]).toEqual([whole, true]);
    }
  });
});

describe("the example in Python", () => {
  const file = join(consumers, "python/__main__.py");
  const text = readFileSync(file, "utf8");

  it("compiles", async () => {
    const cache = await mkdtemp(join(tmpdir(), "pycache-"));
    const { code, stderr } = await run("python3", ["-m", "py_compile", file], { PYTHONPYCACHEPREFIX: cache });
    await rm(cache, { recursive: true });
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("reads outputs that the contract has", () => {
    const names = [...text.matchAll(/require_output\(f?"([^"]+)"\)/g)].map(([, name = ""]) =>
      name.replace("{DAEMON}", "forecast-loader"),
    );
    expect(names).toContain("contractVersion");
    expect(Object.keys(ownersOutputs)).toEqual(expect.arrayContaining(names));
  });

  it("keeps to this contract, and to the role that reads one secret", () => {
    expect(text).toContain(`CONTRACT_VERSION = ${STACK_CONTRACT_VERSION}\n`);
    expect(text).toContain(`KEY_VAULT_SECRETS_USER = "${KEY_VAULT_SECRETS_USER}"\n`);
  });
});
