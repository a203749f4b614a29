import * as pulumi from "@pulumi/pulumi";
import type { OutputMap } from "@pulumi/pulumi/automation";
import { ClientSecret, DaemonApplication, MachineLearningAccess, MachineLearningRole } from "../../components/index";
import { location, workspace, workspaceId } from "../../local/azure/landingZone/layout";
import { codesIn, sectionNamed, tableIn } from "../docs/pages";
import { Arm, management } from "../local/azure/arm/armClient";
import { Deployment } from "../local/providers/deployment";
import {
  type Call,
  cases,
  cluster,
  clusterBody,
  deploymentBody,
  endpoint,
  endpointBody,
} from "./support/machineLearningCases";

jest.setTimeout(300_000);

const names = Object.keys(cases);
const daemonOf = (row: string): string => `daemon-${names.indexOf(row)}`;

async function program(): Promise<Record<string, unknown>> {
  const roles = Object.fromEntries(
    ["train", "deploy", "call", "call-with-keys"].map((each) => [
      each,
      new MachineLearningRole(each, { workspaceId, job: each }),
    ]),
  );
  const outputs = Object.entries(cases).map(([row, { args }]) => {
    const name = daemonOf(row);
    const principal = new DaemonApplication(name, { displayName: `${pulumi.getStack()} ${name}` });
    const secret = new ClientSecret(name, { application: principal, endDate: "2027-01-01T00:00:00Z" });
    const jobRole = roles[args.job ?? ""];
    new MachineLearningAccess(name, { principal, workspaceId, ...args, ...(jobRole && { jobRole }) });
    return [name, pulumi.all([principal.clientId, secret.value]).apply(([id, value]) => `${id} ${value}`)] as const;
  });
  return Promise.resolve(Object.fromEntries(outputs));
}

describe("a role on a workspace", () => {
  let deployment: Deployment;
  let outputs: OutputMap;
  const tokens = new Map<string, Promise<string>>();

  const tokenOf = (row: string, resource: string): Promise<string> => {
    const key = `${row} ${resource}`;
    const [clientId = "", clientSecret = ""] = String(outputs[daemonOf(row)]?.value).split(" ");
    const token =
      tokens.get(key) ?? deployment.local.tokenFor({ clientId, clientSecret, scope: `${resource}/.default` });
    tokens.set(key, token);
    return token;
  };
  const post = async (url: string, token: string, body?: object) => {
    const response = await deployment.local.fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  const score = (name: string, token: string) =>
    post(`https://${name}.${location}.inference.ml.azure.com/score`, token, { data: [1] });

  /** The status of a call, and the error's code where there is one. */
  const made = async (row: string, [method, path, body]: Call): Promise<readonly [number, string?]> => {
    const token = await tokenOf(row, management);
    if (method === "SCORE") return [(await score(path, await tokenOf(row, "https://ml.azure.com"))).status];
    if (method.startsWith("SCORE with")) {
      const [action, field] = method.includes("key") ? ["listKeys", "primaryKey"] : ["token", "accessToken"];
      const got = await post(`${management}${endpoint(path)}/${action}?api-version=2024-04-01`, token);
      return [(await score(path, got.body[field] ?? "")).status];
    }
    const response = await deployment.local.fetch(`${management}${path}?api-version=2024-04-01`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = (text === "" ? {} : JSON.parse(text)) as { error?: { code: string } };
    return answer.error === undefined ? [response.status] : [response.status, answer.error.code];
  };

  beforeAll(async () => {
    deployment = await Deployment.open();
    const arm = new Arm(deployment.local);
    const make = async (path: string, body: object) => {
      const accepted = await arm.put("administrator", path, body);
      await arm.follow("administrator", accepted.headers.get("azure-asyncoperation") ?? "");
    };
    await make(cluster, clusterBody);
    for (const [name, mode] of Object.entries({ forecast: "AADToken", keyed: "Key", tokened: "AMLToken" })) {
      await make(endpoint(name), endpointBody(mode));
      await make(`${endpoint(name)}/deployments/blue`, deploymentBody);
      await make(endpoint(name), endpointBody(mode, { blue: 100 }));
    }
    const stack = await deployment.stack("machine-learning", program);
    outputs = (await stack.up({ color: "never" })).outputs;
  });
  afterAll(() => deployment.close());

  it("is tested for each row of the decision table", () => {
    const rows = tableIn(sectionNamed("docs/how-to/machine-learning.md", "jobs"));
    expect(rows.map(([, write = ""]) => codesIn(write).join(", "))).toEqual(names);
  });

  it.each(names)("lets a daemon with %s do its job", async (row) => {
    const { calls = [] } = cases[row] ?? {};
    for (const call of calls) {
      const [status, code] = await made(row, call);
      expect({ call, code, passed: status < 300 }).toEqual({ call, code: undefined, passed: true });
    }
  });

  it.each(names)("keeps a daemon with %s from the call beyond", async (row) => {
    const { beyond = ["", ""] as Call } = cases[row] ?? {};
    expect(await made(row, beyond)).toEqual([403, "AuthorizationFailed"]);
  });

  it("changes nothing when it is deployed again, and finds no drift", async () => {
    const stack = await deployment.stack("machine-learning", program);
    const { same, ...rest } = (await stack.up({ color: "never", refresh: true })).summary.resourceChanges ?? {};
    expect([same, rest]).toEqual([expect.any(Number), {}]);
  });

  it("knows every role in a preview", async () => {
    const stack = await deployment.stack("machine-learning-preview", program);
    const planned: unknown[] = [];
    await stack.preview({
      color: "never",
      onEvent: ({ resourcePreEvent }) => {
        const { type = "", new: next } = resourcePreEvent?.metadata ?? {};
        if (type === "azure-native:authorization:RoleAssignment") planned.push(next?.inputs["roleDefinitionId"]);
      },
    });
    expect(planned.length).toBeGreaterThan(names.length);
    expect(planned.every((id) => /\/roleDefinitions\/[0-9a-f-]{36}$/.test(String(id)))).toBe(true);
  });

  describe("with linked resources", () => {
    const registry = `https://${workspace.containerRegistry}.azurecr.io`;
    const asked = "repository:forecast:pull,push";
    /** What a registry lets one do, by the token that it gives. */
    const registryActions = async (row: string): Promise<string[]> => {
      const form = async (path: string, fields: Record<string, string>) => {
        const response = await deployment.local.fetch(`${registry}${path}`, {
          method: "POST",
          body: new URLSearchParams(fields),
        });
        return (await response.json()) as Record<string, string>;
      };
      const entra = await tokenOf(row, "https://containerregistry.azure.net");
      const { refresh_token = "" } = await form("/oauth2/exchange", { access_token: entra });
      const { access_token = "" } = await form("/oauth2/token", { refresh_token, scope: asked });
      const claims = JSON.parse(Buffer.from(access_token.split(".")[1] ?? "", "base64url").toString("utf8")) as {
        access: { actions: string[] }[];
      };
      return claims.access.flatMap(({ actions }) => actions);
    };
    const lake = async (row: string, method: string, path: string): Promise<number> => {
      const token = await tokenOf(row, "https://storage.azure.com");
      const url = `https://${workspace.storageAccount}.dfs.core.windows.net/${path}`;
      const headers = { authorization: `Bearer ${token}`, "x-ms-version": "2023-11-03" };
      return (await deployment.local.fetch(url, { method, headers })).status;
    };
    const secret = async (row: string): Promise<number> => {
      const token = await tokenOf(row, "https://vault.azure.net");
      const url = `https://${workspace.vault}.vault.azure.net/secrets/none?api-version=7.4`;
      return (await deployment.local.fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;
    };

    it("pulls with AcrPull, and pushes with AcrPush where the daemon deploys", async () => {
      expect(await registryActions("job: read")).toEqual(["pull"]);
      expect(await registryActions("job: train")).toEqual(["pull"]);
      expect(await registryActions("job: deploy")).toEqual(["pull", "push"]);
      expect(await registryActions("job: call")).toEqual([]);
    });

    it("reads the workspace's files, and writes them where the daemon trains", async () => {
      expect(await lake("job: train", "PUT", "training?resource=filesystem")).toBe(201);
      expect(await lake("job: read", "PUT", "reading?resource=filesystem")).toBe(403);
      expect(await lake("job: read", "GET", "training?resource=filesystem&recursive=false")).toBe(200);
      expect(await lake("job: call", "GET", "training?resource=filesystem&recursive=false")).toBe(403);
    });

    it("reads the vault's secrets where the daemon trains", async () => {
      expect(await secret("job: train")).toBe(404);
      expect(await secret("job: read")).toBe(403);
    });
  });
});
