/** Settings, as YAML has them. */
export type Settings = Record<string, unknown>;
