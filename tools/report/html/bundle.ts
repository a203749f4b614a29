/** The page's script and its style, each one text. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}
