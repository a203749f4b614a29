/** The requests that the real provider sends for each operation, in order. */
export interface RequestFacts {
  readonly create: string;
  readonly read: string;
  /** Absent where every change replaces. */
  readonly update?: string;
  readonly delete: string;
}

/** What the real provider does with a type of resource, as read in its sources. */
export interface TypeFacts {
  readonly requests: RequestFacts;
  /** Properties whose change makes a new resource, by path; those of the resource's ID are not listed. */
  readonly replaces: readonly string[];
  /** What the SDK lets a program state, and the stand-in refuses. */
  readonly refused?: readonly string[];
}

/** The facts of one version of a provider. An upgrade of its SDK means to look at each row again. */
export interface Facts {
  readonly provider: "azure-native" | "azuread";
  readonly version: string;
  readonly types: Readonly<Record<string, TypeFacts>>;
}

/** What an upgrade asks for: one line for each type whose facts are another version's. */
export function rowsToReview({ provider, version, types }: Facts, installed: string): readonly string[] {
  return installed === version
    ? []
    : Object.keys(types).map(
        (type) =>
          `${type}: facts of ${provider} ${version}, installed ${installed}. Compare requests, state, replaces.`,
      );
}
