import type { Stacks } from "../../../../../tools/estate/move/moveDaemon";
import { resourcesOfDaemon, type StackState } from "../../../../../tools/estate/move/state";

export const vault = (stack: string): string => `urn:pulumi:${stack}::p::azure-native:keyvault:Vault::daemons`;
export const root = (stack: string): string => `urn:pulumi:${stack}::p::pulumi:pulumi:Stack::p-${stack}`;
export const provider = (stack: string): string => `urn:pulumi:${stack}::p::pulumi:providers:azuread::default_6_9_1`;
export const daemon = (stack: string, name: string): string =>
  `urn:pulumi:${stack}::p::azure-daemon-access:index:DaemonAccess::${name}`;
export const application = (stack: string, name: string): string =>
  `urn:pulumi:${stack}::p::azure-daemon-access:index:DaemonAccess$azuread:index/application:Application::${name}`;

export const stateOf = (stack: string, names: readonly string[]): StackState => ({
  version: 3,
  deployment: {
    resources: [
      {
        urn: root(stack),
        type: "pulumi:pulumi:Stack",
        outputs: { daemons: [...names], ...Object.fromEntries(names.map((name) => [`${name}.clientId`, "1"])) },
      },
      { urn: provider(stack), type: "pulumi:providers:azuread", id: `id-${stack}`, parent: root(stack) },
      { urn: vault(stack), type: "azure-native:keyvault:Vault", parent: root(stack) },
      ...names.flatMap((name) => [
        { urn: daemon(stack, name), type: "azure-daemon-access:index:DaemonAccess", parent: root(stack) },
        {
          urn: application(stack, name),
          type: "azuread:index/application:Application",
          id: `/applications/${name}`,
          parent: daemon(stack, name),
          provider: `${provider(stack)}::id-${stack}`,
          dependencies: [vault(stack)],
          propertyDependencies: { displayName: [vault(stack)], owners: null },
          outputs: { displayName: name },
        },
      ]),
    ],
  },
});

/** Stacks in memory, of which any write or preview may fail. */
export class StacksInMemory implements Stacks {
  readonly states = new Map([
    ["dev", stateOf("dev", ["loader", "mailer"])],
    ["team", stateOf("team", [])],
  ]);
  changed = "";
  /** Writes that are still taken. */
  writes = Number.POSITIVE_INFINITY;

  readonly read = (stack: string): Promise<StackState> => {
    const state = this.states.get(stack);
    if (state === undefined) throw new Error(`no stack ${stack}`);
    return Promise.resolve(structuredClone(state));
  };
  readonly write = (stack: string, state: StackState, before: StackState): Promise<boolean> => {
    this.writes -= 1;
    if (this.writes < 0) return Promise.reject(new Error(`${stack} is locked`));
    if (JSON.stringify(this.states.get(stack)) !== JSON.stringify(before)) return Promise.resolve(false);
    this.states.set(stack, structuredClone(state));
    return Promise.resolve(true);
  };
  readonly changes = (): Promise<string> => Promise.resolve(this.changed);
  readonly has = (stack: string): number => resourcesOfDaemon(this.states.get(stack) as StackState, "loader").length;
}
