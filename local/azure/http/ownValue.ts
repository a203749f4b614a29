/** What a table has under a name that a client chose: nothing that every object inherits, such as "constructor". */
export const ownValue = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
