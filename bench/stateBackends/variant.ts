/** A state backend of the engine with its settings. */
export interface Variant {
  readonly name: string;
  readonly backend: "file" | "azblob";
  /** Environment variables of the engine. */
  readonly settings: Readonly<Record<string, string>>;
}

const settings = {
  none: {},
  withoutBackups: { PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true" },
  gzip: { PULUMI_DIY_BACKEND_GZIP: "true" },
  zstd: { PULUMI_DIY_BACKEND_ZSTD: "true" },
  retaining: { PULUMI_DIY_BACKEND_RETAIN_CHECKPOINTS: "true" },
  withoutCheckpoints: { PULUMI_SKIP_CHECKPOINTS: "true" },
} as const;

/** What is compared: the engine's defaults, then each setting that changes how often or how much it writes. */
export const variants: readonly Variant[] = [
  { name: "file://", backend: "file", settings: settings.none },
  { name: "file://, no backups", backend: "file", settings: settings.withoutBackups },
  { name: "file://, gzip", backend: "file", settings: settings.gzip },
  { name: "file://, zstd", backend: "file", settings: settings.zstd },
  { name: "file://, every checkpoint kept", backend: "file", settings: settings.retaining },
  { name: "file://, no checkpoints", backend: "file", settings: settings.withoutCheckpoints },
  { name: "azblob://", backend: "azblob", settings: settings.none },
  { name: "azblob://, zstd", backend: "azblob", settings: settings.zstd },
  { name: "azblob://, no checkpoints", backend: "azblob", settings: settings.withoutCheckpoints },
];
