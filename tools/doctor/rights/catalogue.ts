import { authorizationFunctions, authorizationResources } from "./authorization";
import { dataLakeStoreFunctions, dataLakeStoreResources } from "./dataLakeStore";
import { entraFunctions, entraResources } from "./entra";
import { insightsResources } from "./insights";
import { keyVaultFunctions, keyVaultResources } from "./keyVault";
import { machineLearningFunctions, machineLearningResources } from "./machineLearning";
import { managedIdentityFunctions, managedIdentityResources } from "./managedIdentity";
import { networkResources } from "./network";
import type { FunctionRow, ResourceRow } from "./row";
import { storageFunctions, storageResources } from "./storage";

const resources = new Map(
  [
    ...authorizationResources,
    ...dataLakeStoreResources,
    ...entraResources,
    ...insightsResources,
    ...keyVaultResources,
    ...machineLearningResources,
    ...managedIdentityResources,
    ...networkResources,
    ...storageResources,
  ].map((row) => [row.type, row]),
);

const functions = new Map(
  [
    ...authorizationFunctions,
    ...dataLakeStoreFunctions,
    ...entraFunctions,
    ...keyVaultFunctions,
    ...machineLearningFunctions,
    ...managedIdentityFunctions,
    ...storageFunctions,
  ].map((row) => [row.token, row]),
);

/** A type's row; undefined where nobody has told the rights of the type yet. */
export const resourceRow = (type: string): ResourceRow | undefined => resources.get(type);

/** A function's row; undefined where nobody has told its rights yet. */
export const functionRow = (token: string): FunctionRow | undefined => functions.get(token);
