import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProxyAgent, request } from "undici";
import { readFileSync } from "node:fs";
import { gatewayCertificates } from "../../local/azure/network/certificates";
import { Gateway } from "../../local/azure/network/gateway";
import { identities, subscription, tenant } from "../../local/azure/landingZone/layout";
import { landingZoneSecret } from "../../local/azure/landingZone/secret";
import { LocalAzure } from "../../local/azure/localAzure";
import { markdownTable, median, milliseconds } from "../report/table";

const starts = 7;
const requests = 1000;
const concurrency = 16;

interface Load {
  readonly latency: number;
  readonly perSecond: number;
}

/** Local Azure's start, and what a request costs, beside a gateway that answers every request with two bytes. */
export async function localAzureTable(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "bench-azure-"));
  try {
    const first = await startTime(directory);
    const later = [];
    for (let start = 0; start < starts; start += 1) {
      later.push(await startTime(directory));
    }
    const floor = await floorLoad(directory);
    const loads = await azureLoads(directory);
    return markdownTable(
      ["local Azure", "figure", "floor", "added"],
      [
        ["first start, empty directory", milliseconds(first), "-", "-"],
        ["later start, median", milliseconds(median(later)), "-", "-"],
        ...Object.entries(loads).flatMap(([name, load]) => [
          [
            `${name}, one at a time`,
            milliseconds(load.latency),
            milliseconds(floor.latency),
            milliseconds(load.latency - floor.latency),
          ],
          [
            `${name}, ${concurrency} at a time`,
            `${load.perSecond.toFixed(0)}/s`,
            `${floor.perSecond.toFixed(0)}/s`,
            "-",
          ],
        ]),
      ],
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function startTime(directory: string): Promise<number> {
  const started = performance.now();
  const azure = await LocalAzure.open({ stateDirectory: directory });
  const ready = performance.now() - started;
  await azure.close();
  return ready;
}

async function floorLoad(directory: string): Promise<Load> {
  const certificates = await gatewayCertificates(join(directory, "certificates"), new Date());
  const gateway = await Gateway.open({ ...certificates, port: 0 }, () => Promise.resolve({ status: 200, body: {} }));
  try {
    return await load(gateway.proxyUrl, certificates.caFile, "https://graph.microsoft.com/", {});
  } finally {
    await gateway.close();
  }
}

async function azureLoads(directory: string): Promise<Record<string, Load>> {
  const azure = await LocalAzure.open({ stateDirectory: directory });
  try {
    const token = async (resource: string): Promise<Record<string, string>> => ({
      authorization: `Bearer ${await accessToken(azure, resource)}`,
    });
    const arm = `https://management.azure.com/subscriptions/${subscription.id}/resourceGroups/rg-daemons?api-version=2024-03-01`;
    const graph = "https://graph.microsoft.com/v1.0/applications?$top=1";
    return {
      "ARM: read a resource group": await load(
        azure.proxyUrl,
        azure.caFile,
        arm,
        await token("https://management.azure.com"),
      ),
      "Graph: list applications": await load(
        azure.proxyUrl,
        azure.caFile,
        graph,
        await token("https://graph.microsoft.com"),
      ),
    };
  } finally {
    await azure.close();
  }
}

async function accessToken(azure: LocalAzure, resource: string): Promise<string> {
  const dispatcher = agent(azure.proxyUrl, azure.caFile);
  const { body } = await request(`https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`, {
    method: "POST",
    dispatcher,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: identities.administrator.clientId,
      client_secret: landingZoneSecret(azure.cloud.stateKey, "administrator"),
      scope: `${resource}/.default`,
    }).toString(),
  });
  const { access_token } = (await body.json()) as { access_token: string };
  await dispatcher.close();
  return access_token;
}

const agent = (proxyUrl: string, caFile: string): ProxyAgent =>
  new ProxyAgent({ uri: proxyUrl, requestTls: { ca: readFileSync(caFile, "utf8") } });

async function load(proxyUrl: string, caFile: string, url: string, headers: Record<string, string>): Promise<Load> {
  const dispatcher = agent(proxyUrl, caFile);
  const one = async (): Promise<number> => {
    const started = performance.now();
    const { statusCode, body } = await request(url, { dispatcher, headers });
    await body.dump();
    if (statusCode !== 200) {
      throw new Error(`${url} answered ${statusCode}`);
    }
    return performance.now() - started;
  };
  const latencies: number[] = [];
  for (let index = 0; index < requests; index += 1) {
    latencies.push(await one());
  }
  const started = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let index = 0; index < requests / concurrency; index += 1) {
        await one();
      }
    }),
  );
  const perSecond = (requests / (performance.now() - started)) * 1000;
  await dispatcher.close();
  return { latency: median(latencies), perSecond };
}
