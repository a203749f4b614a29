import type { BuiltInRole } from "../roleDefinition";

export const containerRegistryRoles: readonly BuiltInRole[] = [
  {
    id: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    name: "AcrPull",
    description: "acr pull",
    actions: ["Microsoft.ContainerRegistry/registries/pull/read"],
    notActions: [],
    dataActions: [],
    notDataActions: [],
  },
  {
    id: "8311e382-0749-4cb8-b61a-304f252e45ec",
    name: "AcrPush",
    description: "acr push",
    actions: ["Microsoft.ContainerRegistry/registries/pull/read", "Microsoft.ContainerRegistry/registries/push/write"],
    notActions: [],
    dataActions: [],
    notDataActions: [],
  },
];
