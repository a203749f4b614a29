import { armError } from "../errors";

/** One condition of a `$filter`: `atScope()`, `assignedTo('…')`, `principalId eq '…'`. */
export interface FilterCondition {
  /** Lower case. */
  readonly name: string;
  readonly value?: string;
}

/**
 * The conditions of a filter, all of which must hold.
 * @throws ServiceError 400, where it is not of conditions joined by "and"
 */
export function parseFilter(filter: string | undefined): FilterCondition[] {
  if (filter === undefined || filter.trim() === "") {
    return [];
  }
  return filter.split(/\s+and\s+/i).map((condition) => {
    const compared = /^\s*(\w+)\s+eq\s+'([^']*)'\s*$/.exec(condition);
    const called = /^\s*(\w+)\(\s*(?:'([^']*)')?\s*\)\s*$/.exec(condition);
    const [, name, value] = compared ?? called ?? [];
    if (name === undefined) {
      throw unreadable(filter);
    }
    return { name: name.toLowerCase(), ...(value === undefined ? {} : { value }) };
  });
}

export const unreadable = (filter: string) =>
  armError(
    400,
    "UnsupportedQuery",
    `The filter '${filter}' is not supported. Supported filters are either 'atScope()' or 'principalId eq '{value}' or assignedTo('{value}')'.`,
  );
