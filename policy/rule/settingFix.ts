/** What follows a fix in the resource's own terms: the setting of the project's stack that does it. */
export const inSettings = (setting: string | undefined): string =>
  setting === undefined ? "" : ` In a stack of azure-daemon-access: ${setting}.`;

/** A fix, at the start of a text or after "Fix: ", and the setting that does it. */
const bothFixes = /(?<=^|Fix: )(?:(?!Fix: ).)*? In a stack of azure-daemon-access: (\S+)\./s;

/** A finding, or its fix alone, for a reader who writes settings and no resources. Without a setting it stays as it is. */
export const fixedBySetting = (text: string): string => text.replace(bothFixes, "set $1.");
