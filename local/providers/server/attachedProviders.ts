import type { PackageProvider } from "./packageProvider";

/**
 * A provider for each connection of an engine, as each engine has a process of its own of the real provider. Engines of several stacks
 * are attached at the same time, and each may act as another deployer.
 */
export class AttachedProviders<Provider extends PackageProvider> {
  private readonly byPeer = new Map<string, Provider>();
  private newest: Provider;

  /** @param open makes one that is not configured yet */
  constructor(private readonly open: () => Provider) {
    this.newest = open();
  }

  /** The one that was configured last. */
  get latest(): Provider {
    return this.newest;
  }

  /** @param peer address of the connection */
  of(peer: string): Provider {
    return this.byPeer.get(peer) ?? this.newest;
  }

  configure(peer: string, variables: ReadonlyMap<string, string>): void {
    this.newest = this.open();
    this.newest.configure(variables);
    this.byPeer.set(peer, this.newest);
  }

  close(): void {
    for (const provider of new Set([...this.byPeer.values(), this.newest])) provider.close();
  }
}
