import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { DaemonAccess } from "../../components/index";
import { azure, GROUP_ID, guidOf, WORKSPACE_ID } from "../support/azureMocks";
import { record } from "../support/mocks";

interface Position {
  getUri(): string;
}
interface Request {
  getType(): string;
  getSourceposition(): Position | undefined;
  getStacktrace(): { getFramesList(): { getPc(): Position | undefined }[] } | undefined;
}

const vault = {
  vaultId: `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-daemons`,
  vaultName: "kv-daemons",
  vaultUri: "https://kv-daemons.vault.azure.net/",
  resourceGroupName: "rg-daemons",
};

/** The SDK finds no position for a frame of a function without a name. */
function declareLoader(): void {
  new DaemonAccess("loader", {
    secret: { endDate: "2031-01-01T00:00:00Z" },
    asOf: "2030-01-02T00:00:00Z",
    graph: { permissions: ["User.Read.All"] },
    machineLearning: { workspaceId: WORKSPACE_ID },
    vault,
    readers: [{ objectId: guidOf("reader") }],
  });
}

/** The call stack that each resource of a daemon is registered with, by type: the files of its frames. */
async function callStacks(): Promise<Map<string, readonly (string | undefined)[]>> {
  const stacks = new Map<string, readonly (string | undefined)[]>();
  const registered = jest.spyOn(MockMonitor.prototype, "registerResource");
  try {
    await record(azure, declareLoader);
    for (const [request] of registered.mock.calls as unknown as [Request][]) {
      const frames = request.getStacktrace()?.getFramesList() ?? [];
      const files = frames.map((frame) => frame.getPc()?.getUri().split("/").at(-1));
      stacks.set(request.getType(), files);
      expect(files[0]).toBe(request.getSourceposition()?.getUri().split("/").at(-1));
    }
  } finally {
    registered.mockRestore();
  }
  return stacks;
}

// The tests' environment leaves out the stacks of the SDK's errors.
const leavesOut = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace") ?? {};
beforeAll(() => {
  Reflect.deleteProperty(Error, "prepareStackTrace");
});
afterAll(() => {
  Object.defineProperty(Error, "prepareStackTrace", leavesOut);
});

describe("the call stack that is kept in the state", () => {
  it("is the declaring line for a component's children, and whole for the component", async () => {
    const stacks = await callStacks();
    const { "azure-daemon-access:index:DaemonAccess": component = [], ...children } = Object.fromEntries(stacks);
    delete children["pulumi:pulumi:Stack"];
    expect(component[0]).toBe("callStacks.test.ts");
    expect(component.length).toBeGreaterThan(2);
    expect(Object.keys(children)).toHaveLength(6);
    expect(children).toMatchObject({
      "azuread:index/application:Application": ["daemonApplication.ts"],
      "azuread:index/applicationPassword:ApplicationPassword": ["clientSecret.ts"],
    });
    for (const frames of Object.values(children)) expect(frames).toHaveLength(1);
  });
});
