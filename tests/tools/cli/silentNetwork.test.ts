import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../../local/stateDirectory";
import { run, type Ended } from "../../support/command";

jest.setTimeout(120_000);

const id = "3d5f1c7a-2b64-4e0f-9a18-6c0e5b7d9f21";
const vault = ["--vault", "https://kv-daemons.vault.azure.net"];
const sockets = new Set<Socket>();
let network: Server;
let directory: string;

/** Runs daemon-access where whoever is called accepts the connection and never answers. */
function tool(...argv: readonly string[]): Promise<Ended> {
  const { port } = network.address() as AddressInfo;
  const identity = { AZURE_TENANT_ID: id, AZURE_CLIENT_ID: id, AZURE_CLIENT_SECRET: "a secret of a test" };
  return run(process.execPath, ["tools/start.mjs", ...argv, "--cwd", directory, "--timeout", "1"], {
    ...identity,
    ARM_TENANT_ID: id,
    ARM_SUBSCRIPTION_ID: id,
    HTTPS_PROXY: `http://127.0.0.1:${port}`,
  });
}

beforeAll(async () => {
  network = createServer((socket) => sockets.add(socket.on("error", () => undefined)));
  await once(network.listen(0, "127.0.0.1"), "listening");
  directory = mkdtempSync(join(tmpdir(), "silent-network-"));
  symlinkSync(join(projectRoot, "node_modules"), join(directory, "node_modules"));
  writeFileSync(join(directory, "Pulumi.yaml"), "name: any\nruntime: nodejs\n");
  writeFileSync(join(directory, "Pulumi.dev.yaml"), "config: {}\n");
  const storage = 'new (require("@pulumi/azure-native/storage").StorageAccount)';
  const inputs = '{ resourceGroupName: "rg", kind: "StorageV2", sku: { name: "Standard_LRS" } }';
  writeFileSync(join(directory, "index.js"), `${storage}("lake", ${inputs});\n`);
});

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  network.close();
  rmSync(directory, { recursive: true });
});

it.each([
  ["verify", "--wait", "0", ...vault],
  ["credentials", "disable-expired", ...vault],
  ["credentials", "recover", ...vault],
  ["adopt", "report", "--client-id", id],
  ["doctor", "--stack", "dev"],
])("ends where nobody answers: %s %s", async (...argv) => {
  const { code, stdout, stderr } = await tool(...argv);
  expect(stdout + stderr).toMatch(/came in the time that one call may take/);
  expect(code).toBe(1);
});
