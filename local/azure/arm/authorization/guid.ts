const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isGuid = (value: string): boolean => pattern.test(value);

/** Azure's authorization messages write GUIDs as 32 hex digits. */
export const guidDigits = (guid: string): string => guid.toLowerCase().replaceAll("-", "");
