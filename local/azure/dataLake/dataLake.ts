import type { Cloud } from "../cloud";
import { header, queryParameter, type AzureRequest, type AzureResponse } from "../http/message";
import type { Operation } from "../http/router";
import type { Service } from "../http/service";
import { ServiceError } from "../http/serviceError";
import { aclRoutes } from "./aclCalls";
import type { AccountRecord } from "./accountRecord";
import { Accounts } from "./accounts";
import { appendRoutes } from "./appendCalls";
import { batchRoutes } from "./batchCalls";
import { blobRoutes } from "./blobCalls";
import { blobListRoutes } from "./blobList";
import { blockRoutes } from "./blockCalls";
import { checksumsOf } from "./checksums";
import { copyRoutes } from "./copyCalls";
import { authenticate, passFirewall } from "./dataAccess";
import { fileSystemRoutes } from "./fileSystemCalls";
import { isFlat, targetOf, type LakeRequest } from "./lakeRequest";
import { LakeRouter } from "./lakeRouter";
import { leaseRoutes } from "./leaseCalls";
import { listRoutes } from "./listCalls";
import { pathRoutes } from "./pathCalls";
import { putBlobRoutes } from "./putBlobCalls";
import { readRoutes } from "./readCalls";
import { invalidQuery, notSupported, Refusal, refused, type Endpoint } from "./refusal";
import { sharedAccessOf } from "./sharedAccess";
import { checkUnderstood } from "./understood";
import { writeRoutes } from "./writeCalls";

const serverNames: Readonly<Record<Endpoint, string>> = {
  dfs: "Windows-Azure-HDFS/1.0 Microsoft-HTTPAPI/2.0",
  blob: "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0",
};
const defaultVersion = "2026-02-06";

/** The data plane of storage accounts: one lake, at the DFS host and at the blob host. */
export function createDataLake(cloud: Cloud): Service & { readonly operations: readonly Operation[] } {
  const accounts = new Accounts(cloud);
  const router = new LakeRouter([
    ...fileSystemRoutes,
    ...listRoutes,
    ...aclRoutes,
    ...writeRoutes,
    ...readRoutes,
    ...pathRoutes,
    ...putBlobRoutes,
    ...blockRoutes,
    ...appendRoutes,
    ...copyRoutes,
    ...leaseRoutes,
    ...batchRoutes(answerPart),
    ...blobListRoutes,
    ...blobRoutes,
  ]);

  async function answer(sent: AzureRequest, endpoint: Endpoint, account: AccountRecord): Promise<AzureResponse> {
    const target = targetOf(sent.path, endpoint === "blob" && isFlat(account));
    const signed = sharedAccessOf(cloud, sent, account, target?.fileSystem ?? "");
    const caller = signed?.caller ?? (await authenticate(cloud, sent, account));
    const { request = sent, sharedAccess } = signed ?? {};
    passFirewall(account);
    if (target === undefined) {
      throw invalidQuery("path", request.path);
    }
    const { fileSystem, path } = target;
    const fileSystems = accounts.fileSystemsOf(account);
    const from = { cloud, request, endpoint, caller, sharedAccess };
    const known = { ...from, account, fileSystems, fileSystem, path, checksums: {} };
    const route = router.find(known, meansFileSystem(request) ? "fileSystem" : target.level);
    if (route === undefined) {
      throw notSupported(request);
    }
    checkUnderstood(request, route);
    const lake: LakeRequest = { ...known, checksums: await checksumsOf(request) };
    return route.handle(lake);
  }

  async function answerPart({ endpoint, account }: LakeRequest, request: AzureRequest): Promise<AzureResponse> {
    try {
      return withHeaders(await answer(request, endpoint, account), request, endpoint);
    } catch (error) {
      if (error instanceof Refusal) {
        return withHeaders(refuse(error, request).response, request, endpoint);
      }
      throw error;
    }
  }

  const refuse = (error: Refusal, request: AzureRequest): ServiceError =>
    refused(error, request, endpointOf(request.host), cloud.clock.now());

  return {
    name: "dataLake",
    operations: router.operations,
    serves: (host) => host.endsWith(".dfs.core.windows.net") || host.endsWith(".blob.core.windows.net"),
    unsupported: (request) => refuse(notSupported(request), request).response,
    async handle(request) {
      const account = accounts.atHost(request.host);
      if (account === undefined) {
        return unknownHost(request.host);
      }
      const endpoint = endpointOf(request.host);
      try {
        return withHeaders(await answer(request, endpoint, account), request, endpoint);
      } catch (error) {
        if (error instanceof Refusal) {
          const { code, response } = refuse(error, request);
          throw new ServiceError(code, withHeaders(response, request, endpoint));
        }
        throw error;
      }
    },
  };
}

/** With these parameters a slash after the file system's name says nothing. */
const meansFileSystem = (request: AzureRequest): boolean =>
  queryParameter(request, "restype") === "container" || queryParameter(request, "resource") === "filesystem";

const endpointOf = (host: string): Endpoint => (host.endsWith(".dfs.core.windows.net") ? "dfs" : "blob");

const withHeaders = (response: AzureResponse, request: AzureRequest, endpoint: Endpoint): AzureResponse => ({
  ...response,
  headers: {
    server: serverNames[endpoint],
    "x-ms-request-id": request.id,
    "x-ms-version": header(request, "x-ms-version") ?? defaultVersion,
    "x-ms-client-request-id": header(request, "x-ms-client-request-id"),
    ...response.headers,
  },
});

/** An account that is not there has no name in Azure's DNS; over a proxy, this is the nearest to it. */
const unknownHost = (host: string): AzureResponse => ({
  status: 404,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: `There is no storage account at ${host}: in Azure this name would not resolve.\n`,
});
