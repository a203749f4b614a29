import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tenant } from "../../local/azure/landingZone/layout";
import { connectionVariables } from "../../local/environment";
import { withPreload } from "../../local/runtimeOptions";
import { onLocalAzure, run } from "../support/command";
import { LocalAzureForTests } from "../support/localAzure";

jest.setTimeout(60_000);

const root = join(__dirname, "..", "..");
const discovery = `https://login.microsoftonline.com/${tenant.id}/v2.0/.well-known/openid-configuration`;

/** A program that knows nothing of a proxy. */
const plain = (body: string): readonly string[] => ["-e", `(async () => { ${body} })()`];
const fetches = `const { status } = await fetch(${JSON.stringify(discovery)}); console.log(status)`;

const hasJava = (): Promise<boolean> =>
  run("java", ["-version"], {}).then(
    ({ code }) => code === 0,
    () => false,
  );

let azure: LocalAzureForTests;
let directory: string;

beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  directory = mkdtempSync(join(tmpdir(), "a directory with spaces "));
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await azure.close();
});

describe("Node.js' own fetch", () => {
  it("goes to local Azure", async () => {
    const ended = await run(process.execPath, plain(fetches), onLocalAzure(azure));
    expect(ended).toEqual({ code: 0, stdout: "200\n", stderr: "" });
  });

  it("goes there from a worker thread too", async () => {
    const inWorker = `new (require("node:worker_threads").Worker)(${JSON.stringify(`(async () => { ${fetches} })()`)}, { eval: true })`;
    const ended = await run(process.execPath, plain(inWorker), onLocalAzure(azure));
    expect(ended).toEqual({ code: 0, stdout: "200\n", stderr: "" });
  });

  it("goes past the proxy to this machine, as NO_PROXY says", async () => {
    const toItself = `
      const server = require("node:http").createServer((_request, response) => response.end("itself"));
      await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
      console.log(await (await fetch("http://127.0.0.1:" + server.address().port)).text());
      server.close();
      server.closeAllConnections();`;
    const ended = await run(process.execPath, plain(toItself), onLocalAzure(azure));
    expect(ended).toEqual({ code: 0, stdout: "itself\n", stderr: "" });
  });

  it("goes there where the project lies in a directory with spaces", async () => {
    const preload = join(directory, 'with "quotes"', "preload", "fetchProxy.cjs");
    mkdirSync(join(directory, 'with "quotes"'));
    cpSync(join(root, "local", "preload"), join(preload, ".."), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
    const variables = { ...onLocalAzure(azure), NODE_OPTIONS: withPreload("", preload) };
    const ended = await run(process.execPath, plain(fetches), variables);
    expect(ended).toEqual({ code: 0, stdout: "200\n", stderr: "" });
  });
});

it("keeps the shell's own NODE_OPTIONS, and adds to them once", () => {
  const { NODE_OPTIONS: first = "" } = connectionVariables(azure.azure, "--max-old-space-size=4096");
  expect(first).toMatch(/^--max-old-space-size=4096 --require /);
  expect(connectionVariables(azure.azure, first)["NODE_OPTIONS"]).toBe(first);
});

it("takes Java to local Azure by what every Java program reads", async () => {
  if (!(await hasJava())) {
    console.warn("Not run: there is no java on PATH.");
    return;
  }
  const caFile = join(directory, "certificates", "ca.pem");
  cpSync(join(azure.azure.caFile, ".."), join(caFile, ".."), { recursive: true });
  const source = join(directory, "Discovery.java");
  writeFileSync(
    source,
    `public class Discovery {
       public static void main(String[] none) throws Exception {
         var url = java.net.URI.create("${discovery}").toURL();
         System.out.println(((java.net.HttpURLConnection) url.openConnection()).getResponseCode());
       }
     }`,
  );
  const variables = connectionVariables({ proxyUrl: azure.azure.proxyUrl, caFile });
  const { code, stdout } = await run("java", [source], variables);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "200\n" });
});
