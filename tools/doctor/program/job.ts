import { functionRow, resourceRow } from "../rights/catalogue";
import type { Declared, Recording, Settings } from "./recording";

/** What the recorder is asked for: a program, and what it is run with. */
export interface Job {
  /** The program's file or directory, whole. */
  readonly program: string;
  readonly settings: Settings;
}

/** A recording without the rows of what it holds, which are functions. */
export interface PlainRecording extends Omit<Recording, "resources" | "functions"> {
  readonly resources: readonly (Omit<Declared, "row"> & { readonly type: string })[];
  readonly functions: readonly { readonly token: string; readonly inputs: Readonly<Record<string, unknown>> }[];
}

/** The recorder's answer. */
export type Answer = { readonly recording: PlainRecording } | { readonly failure: string };

/** What goes to another process. */
export const plain = ({ resources, functions, ...rest }: Recording): PlainRecording => ({
  ...rest,
  resources: resources.map(({ row, ...declared }) => ({ ...declared, type: row.type })),
  functions: functions.map(({ row, inputs }) => ({ token: row.token, inputs })),
});

/** What has come from there, with its rows: both processes have the same. */
export const restored = ({ resources, functions, ...rest }: PlainRecording): Recording => ({
  ...rest,
  resources: resources.flatMap(({ type, ...declared }) => {
    const row = resourceRow(type);
    return row === undefined ? [] : [{ ...declared, row }];
  }),
  functions: functions.flatMap(({ token, inputs }) => {
    const row = functionRow(token);
    return row === undefined ? [] : [{ row, inputs }];
  }),
});
