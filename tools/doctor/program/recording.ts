import { createRequire } from "node:module";
import type * as pulumi from "@pulumi/pulumi";
import { listenForRejections } from "../../program/rejections";
import { functionRow, resourceRow } from "../rights/catalogue";
import type { Inputs, Place } from "../rights/right";
import type { FunctionRow, ResourceRow } from "../rights/row";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

/** Pulumi's SDK, as the program has it: its runtime is in globals of the copy that the program imports. */
export type Sdk = Pick<typeof pulumi, "runtime">;

/** A resource that the program declares. */
export interface Declared {
  readonly row: ResourceRow;
  readonly name: string;
  readonly inputs: Inputs;
  readonly id: string;
  /** Read and not made: what somebody else's program owns. */
  readonly read: boolean;
  /** Goes with another resource, and is not deleted by itself when everything is. */
  readonly goesWithAnother: boolean;
  /** Stays where it is when the program lets go of it. */
  readonly retained: boolean;
}

/** A question that the program asks a provider. */
export interface Asked {
  readonly row: FunctionRow;
  readonly inputs: Inputs;
}

/** What another stack tells. */
export type StackOutputs = Readonly<Record<string, unknown>>;

/** Reads another stack's outputs, by its full name. */
export type ReadStack = (name: string) => Promise<StackOutputs>;

export interface Recording {
  readonly place: Place;
  readonly resources: readonly Declared[];
  readonly functions: readonly Asked[];
  /** Outputs of the stacks that the program reads, by their full names. */
  readonly stacks: Readonly<Record<string, StackOutputs>>;
  /** Types and functions of Azure's packages whose rights are not known here, sorted. */
  readonly unlisted: readonly string[];
}

/** What a program is run with. */
export interface Settings {
  readonly project: string;
  readonly stack: string;
  /** By name with its namespace, as the engine hands it over. */
  readonly config: Readonly<Record<string, string>>;
  /** Names of the settings that are secret. @default none */
  readonly secretKeys?: readonly string[];
  readonly place: Place;
}

/** How a program reads another stack: as a resource, or before anything is registered. */
const STACK_REFERENCE = "pulumi:pulumi:StackReference";
const READ_STACK = "pulumi:pulumi:readStackOutputs";

type Fate = Pick<Declared, "goesWithAnother" | "retained">;

/**
 * Runs a program without an engine, a provider or a cloud, and records what it declares and asks. What Azure would
 * decide is made up. A process records once at a time: the SDK keeps its runtime in globals.
 *
 * @param sdk the program's. @default the one that this module has too
 * @param readStack reads the outputs of the stacks that the program builds on. @default they have none
 * @throws what the program throws or rejects first
 */
export async function recordProgram(
  program: () => Promise<unknown>,
  settings: Settings,
  sdk: Sdk = later("@pulumi/pulumi") as Sdk,
  readStack: ReadStack = () => Promise.resolve({}),
): Promise<Recording> {
  const { project, stack, config, secretKeys = [], place } = settings;
  const resources: Omit<Declared, keyof Fate>[] = [];
  const functions: Asked[] = [];
  const fates = new Map<string, Fate>();
  const unlisted = new Set<string>();
  const stacks: Record<string, StackOutputs> = {};
  const stackState = async (name: string): Promise<Inputs> => {
    const outputs = (stacks[name] ??= await readStack(name));
    return { name, outputs, secretOutputNames: [] };
  };

  sdk.runtime.setAllConfig({ ...config }, [...secretKeys]);
  await sdk.runtime.setMocks(
    {
      newResource({ type, name, inputs, id, custom }) {
        if (type === STACK_REFERENCE)
          return stackState(String((inputs as Inputs)["name"])).then((state) => ({ id: name, state }));
        if (custom === false || !type.startsWith("azure")) return { id: name, state: {} };
        const row = resourceRow(type);
        if (row === undefined) {
          unlisted.add(type);
          return { id: name, state: { ...(inputs as Inputs) } };
        }
        const made = row.made(name, inputs as Inputs, place);
        const read = id !== undefined && id !== "";
        resources.push({ row, name, inputs: inputs as Inputs, id: read ? id : made.id, read });
        return { id: read ? id : made.id, state: { ...(inputs as Inputs), ...made.state } };
      },
      call({ token, inputs }) {
        if (token === READ_STACK) return stackState(String((inputs as Inputs)["name"]));
        const row = functionRow(token);
        if (row === undefined) {
          unlisted.add(token);
          return {};
        }
        functions.push({ row, inputs: inputs as Inputs });
        return row.answer(inputs as Inputs, place);
      },
    },
    project,
    stack,
  );
  await runToItsEnd(sdk, program, fates);
  return {
    place,
    unlisted: [...unlisted].sort(),
    stacks,
    functions,
    resources: resources.map((each) => ({
      ...each,
      ...(fates.get(fateKey(each.row.type, each.name)) ?? { goesWithAnother: false, retained: false }),
    })),
  };
}

/**
 * Runs the program until it and all that it has begun are done, or until its first rejection: what that was to become is
 * waited for for ever.
 */
async function runToItsEnd(sdk: Sdk, program: () => Promise<unknown>, fates: Map<string, Fate>): Promise<void> {
  const aloud = silenced();
  let failed = true;
  let reject: (error: unknown) => void;
  const rejected = new Promise<never>((_resolve, refuse) => (reject = refuse));
  const stopListening = listenForRejections((error) => {
    reject(error);
  });
  try {
    await Promise.race([registered(sdk, program, fates).then(settled), rejected]);
    failed = false;
  } finally {
    stopListening({ keepQuiet: failed });
    aloud();
  }
}

/** Node.js tells of a rejection that nobody handles once everything that waits has had its turn. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A failure that left the stack's own function would be told to nobody. */
async function registered(sdk: Sdk, program: () => Promise<unknown>, fates: Map<string, Fate>): Promise<void> {
  const failures: unknown[] = [];
  await sdk.runtime.runInPulumiStack(async () => {
    sdk.runtime.registerStackTransformation(({ type, name, opts }) => {
      const { deletedWith, retainOnDelete } = opts as pulumi.CustomResourceOptions;
      fates.set(fateKey(type, name), { goesWithAnother: deletedWith !== undefined, retained: retainOnDelete === true });
      return undefined;
    });
    try {
      await program();
    } catch (error) {
      failures.push(error);
    }
    return {};
  });
  if (failures.length > 0) throw failures[0];
  await sdk.runtime.disconnect();
}

/** Without an engine the SDK writes what the program tells of its run to the console, and this is no run. */
function silenced(): () => void {
  const { log, warn } = console;
  console.log = console.warn = () => undefined;
  return () => {
    Object.assign(console, { log, warn });
  };
}

const fateKey = (type: string, name: string): string => `${type}::${name}`;
