import { randomBytes } from "node:crypto";

/** A new entity tag in storage's form, quotes included. */
export const newEtag = (): string => `"0x8D${randomBytes(6).toString("hex").toUpperCase()}"`;
