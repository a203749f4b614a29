import { touch } from "../arm/systemData";
import type { Cloud } from "../cloud";
import { Registries } from "./registries";

/** Puts a registry where it would be, without asking who may. Idempotent. */
export function seedRegistry(
  cloud: Cloud,
  registry: { readonly resourceGroup: string; readonly name: string; readonly location: string },
): void {
  const registries = new Registries(cloud.store);
  if (registries.get(registry.name) === undefined) {
    const now = cloud.clock.now();
    registries.set({
      ...registry,
      tags: {},
      sku: "Premium",
      createdAt: now.toISOString(),
      systemData: touch({ clientId: "landing-zone" }, now),
    });
  }
}
