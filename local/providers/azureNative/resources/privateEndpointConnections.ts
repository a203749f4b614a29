import { any, flattened, list, object, text, type Properties, type Property } from "../spec";

/**
 * The private endpoints that a resource is reached by, which it answers with.
 *
 * @param own what each connection of its service has beside an ID
 * @param state what the state of a connection has beside a description and a status
 */
export const privateEndpointConnections = (own: Properties, ...state: readonly string[]): Property =>
  list(
    object({
      id: text({ readOnly: true }),
      ...own,
      ...flattened({
        privateEndpoint: any(),
        privateLinkServiceConnectionState: object(
          Object.fromEntries([...state, "description", "status"].map((name) => [name, text()])),
        ),
        provisioningState: text({ readOnly: true }),
      }),
    }),
    { readOnly: true },
  );
