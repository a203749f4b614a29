import { z } from "zod";

/** The document of `pulumi preview --import-file`, which `pulumi import --file` reads. Fields we don't know stay. */
export const importFile = z.looseObject({
  nameTable: z.record(z.string(), z.string()).optional(),
  resources: z
    .array(
      z.looseObject({
        type: z.string(),
        name: z.string(),
        id: z.string().exactOptional(),
        parent: z.string().exactOptional(),
        component: z.boolean().exactOptional(),
        logicalName: z.string().exactOptional(),
      }),
    )
    .default([]),
});
export type ImportFile = z.infer<typeof importFile>;
export type Entry = ImportFile["resources"][number];

/** The name that an entry's resource has in the program: the engine gives an entry another one where two would be alike. */
export const programName = ({ name, logicalName }: Entry): string => logicalName ?? name;

/** What the engine would create, with the inputs it knows. */
export interface Planned {
  readonly urn: string;
  readonly type: string;
  /** The name in the program. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}
