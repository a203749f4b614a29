import type { Cloud } from "../cloud";
import { queryParameter, type AzureRequest, type AzureResponse } from "../http/message";
import type { Operation } from "../http/router";
import type { Service } from "../http/service";
import { ServiceError } from "../http/serviceError";
import type { AccountRecord } from "./accountRecord";
import { Accounts } from "./accounts";
import { aclRoutes } from "./aclCalls";
import { readRoutes } from "./readCalls";
import { illegalArgument, notSupported, Refusal, refused } from "./refusal";
import { authenticate, passFirewall } from "./storeAccess";
import { storePath } from "./storeRequest";
import { pathBelowRoot, StoreRouter } from "./storeRouter";
import { writeRoutes } from "./writeCalls";

/** The data plane of Data Lake Store accounts: WebHDFS with Azure's own calls beside it. */
export function createDataLakeGen1(cloud: Cloud): Service & { readonly operations: readonly Operation[] } {
  const accounts = new Accounts(cloud);
  const router = new StoreRouter([...readRoutes, ...writeRoutes, ...aclRoutes]);

  async function answer(request: AzureRequest, account: AccountRecord): Promise<AzureResponse> {
    const caller = await authenticate(cloud, request);
    const below = pathBelowRoot(request.path);
    const named = queryParameter(request, "op");
    const route = below && router.find(request, named, below.isExtended);
    if (below === undefined || route === undefined) {
      throw notSupported(request, named);
    }
    const { operation } = route;
    passFirewall(account, operation);
    const path = storePath(below.path);
    if (path === undefined) {
      throw illegalArgument("path", below.path, "a path in this account");
    }
    const tree = accounts.treeOf(account);
    return route.handle({ cloud, request, caller, account, tree, operation, path });
  }

  const refuse = (error: Refusal, request: AzureRequest): ServiceError => refused(error, request.id, cloud.clock.now());

  return {
    name: "dataLakeGen1",
    operations: router.operations,
    serves: (host) => host.endsWith(".azuredatalakestore.net"),
    unsupported: (request) => refuse(notSupported(request, undefined), request).response,
    async handle(request) {
      const account = accounts.atHost(request.host);
      if (account === undefined) {
        return unknownHost(request.host);
      }
      try {
        return withHeaders(await answer(request, account), request);
      } catch (error) {
        const told = error instanceof Refusal ? refuse(error, request) : error;
        throw told instanceof ServiceError ? new ServiceError(told.code, withHeaders(told.response, request)) : told;
      }
    },
  };
}

const withHeaders = (response: AzureResponse, request: AzureRequest): AzureResponse => ({
  ...response,
  headers: {
    "x-ms-webhdfs-version": "17.04.24.00",
    "x-ms-request-id": request.id,
    "server-perf": `[${request.id}][ AuthTime::0::PostAuthTime::0 ]`,
    ...(response.status < 400 && { status: "0x0" }),
    ...response.headers,
  },
});

/** An account that is not there has no name in Azure's DNS; over a proxy, this is the nearest to it. */
const unknownHost = (host: string): AzureResponse => ({
  status: 404,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: `There is no Data Lake Store account at ${host}: in Azure this name would not resolve.\n`,
});
