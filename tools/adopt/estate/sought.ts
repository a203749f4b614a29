import type { AzureReader } from "../azureReader";
import type { Inputs } from "./inputs";

/** Where a resource stands in Azure, or why it can't be said. */
export interface Sought {
  readonly id?: string;
  readonly reason?: string;
  /** It is named by something that has no ID yet. */
  readonly waits?: boolean;
}

export type Finder = (inputs: Inputs, azure: AzureReader) => Promise<Sought>;
