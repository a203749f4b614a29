/** Whether a type's resources are in Azure: components and providers are the engine's own, other providers' are elsewhere. */
export const isInAzure = ({ type }: { readonly type: string }): boolean => /^(azuread|azure-native):/.test(type);
