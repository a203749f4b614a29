import { credentialFormats } from "../vault/credentialFormats";

/** A function that the package exports. */
export interface PublicFunction {
  readonly name: string;
  readonly description: string;
}

/** The shapes that a credential is written in, as a section of the list of components. */
export const formatsSection = (): string[] => [
  "## Credential formats",
  "",
  "| format | content type | what it holds |",
  "| --- | --- | --- |",
  ...[...credentialFormats].map(([name, { contentType, holds }]) => `| \`${name}\` | \`${contentType}\` | ${holds} |`),
  "",
];

/** The functions, as a section of the list of components. */
export const functionsSection = (functions: readonly PublicFunction[]): string[] => [
  "## Functions",
  "",
  "| function | what it is |",
  "| --- | --- |",
  ...functions.map(({ name, description }) => `| \`${name}\` | ${description.replaceAll(/\s*\n\s*/g, " ")} |`),
  "",
];
