/** A secret, a key or a certificate with its versions, oldest first. */
interface Versioned<Version> {
  readonly versions: readonly [Version, ...Version[]];
}

export const newestVersion = <Version>({ versions }: Versioned<Version>): Version =>
  versions[versions.length - 1] ?? versions[0];

/** The version asked for; the newest where none is. */
export const versionOf = <Version extends { readonly version: string }>(
  object: Versioned<Version>,
  wanted: string | undefined,
): Version | undefined =>
  wanted === undefined || wanted === ""
    ? newestVersion(object)
    : object.versions.find(({ version }) => version === wanted.toLowerCase());
