import * as authorization from "@pulumi/azure-native/authorization";
import { inSubscription } from "../components/access/ownSubscription";
import { problemLine } from "../components/checks/argumentError";
import type { Refusal } from "../components/checks/refusal";
import { lookUpRefusal } from "../components/ml/linkedResources";
import type { Configuration } from "./config";
import { ConfigurationError } from "./configurationError";
import { NAMESPACE } from "./problems";

/** A resource ID that leads to what is read or written by its name, in the provider's own subscription. */
interface NamedById {
  readonly path: string;
  readonly id: string;
  readonly judge: (id: string, subscription: string) => Refusal | undefined;
}

const inOwn = (id: string, subscription: string): Refusal | undefined => inSubscription(subscription)(id);

/**
 * Compares the subscription of each ID that needs it with the one that the stack deploys to, before anything is
 * registered.
 *
 * @throws ConfigurationError with a line for each that lies elsewhere
 */
export async function checkSubscriptions(configuration: Configuration): Promise<void> {
  const named = namedById(configuration);
  if (named.length === 0) return;
  const { subscriptionId } = await authorization.getClientConfig();
  const problems = named.flatMap(({ path, id, judge }) => {
    const refusal = judge(id, subscriptionId);
    return refusal ? [problemLine(`${NAMESPACE}:${path}`, id, refusal)] : [];
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function namedById({ platformStack, vault, lake, daemons, workspaceId: usual }: Configuration): NamedById[] {
  const account = lake?.existing;
  const usesLake = daemons.some((daemon) => daemon.lake !== undefined);
  return [
    ...(vault?.existing
      ? [
          {
            path: platformStack ? "platformStack.vault" : "vault.existing.vaultId",
            id: vault.existing.vaultId,
            judge: inOwn,
          },
        ]
      : []),
    ...(account?.createFileSystems === true && usesLake
      ? [{ path: "lake.existing.accountId", id: account.accountId, judge: inOwn }]
      : []),
    ...daemons.flatMap(({ machineLearning }, index) => {
      const id = machineLearning?.workspaceId ?? usual;
      if (id === undefined || machineLearning?.linkedResources?.lookUp === undefined) return [];
      return [{ path: `daemons[${index}].machineLearning.linkedResources.lookUp`, id, judge: lookUpRefusal }];
    }),
  ];
}
