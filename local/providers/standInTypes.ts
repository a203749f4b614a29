import { resourceSpecs } from "./azureNative/resources/catalogue";
import { resourceTypes } from "./azuread/catalogue";

/** Every resource type that local Azure has a stand-in for, sorted. */
export const standInTypes = (): string[] => [...resourceSpecs, ...resourceTypes].map(({ type }) => type).sort();
