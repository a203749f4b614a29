import * as pulumi from "@pulumi/pulumi";
import { listenForRejections } from "../../program/rejections";
import { functionRow, resourceRow } from "../rights/catalogue";
import type { Inputs, Place } from "../rights/right";
import type { FunctionRow, ResourceRow } from "../rights/row";
import { UsageError } from "../../cli/failure";

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

export interface Recording {
  readonly place: Place;
  readonly resources: readonly Declared[];
  readonly functions: readonly Asked[];
}

/** What a program is run with. */
export interface Settings {
  readonly project: string;
  readonly stack: string;
  /** By name with its namespace, as the engine hands it over. */
  readonly config: Readonly<Record<string, string>>;
  readonly place: Place;
}

type Fate = Pick<Declared, "goesWithAnother" | "retained">;

/**
 * Runs a program without an engine, a provider or a cloud, and records what it declares and asks. What Azure would
 * decide is made up. A process records once at a time: the SDK keeps its runtime in globals.
 *
 * @throws what the program throws or rejects first; UsageError where it declares what has no row
 */
export async function recordProgram(program: () => Promise<unknown>, settings: Settings): Promise<Recording> {
  const { project, stack, config, place } = settings;
  const resources: Omit<Declared, keyof Fate>[] = [];
  const functions: Asked[] = [];
  const fates = new Map<string, Fate>();
  const lacking = new Set<string>();

  pulumi.runtime.setAllConfig({ ...config });
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs, id, custom }) {
        if (custom === false || !type.startsWith("azure")) return { id: name, state: {} };
        const row = resourceRow(type);
        if (row === undefined) {
          lacking.add(type);
          return { id: name, state: { ...(inputs as Inputs) } };
        }
        const made = row.made(name, inputs as Inputs, place);
        const read = id !== undefined && id !== "";
        resources.push({ row, name, inputs: inputs as Inputs, id: read ? id : made.id, read });
        return { id: read ? id : made.id, state: { ...(inputs as Inputs), ...made.state } };
      },
      call({ token, inputs }) {
        const row = functionRow(token);
        if (row === undefined) {
          lacking.add(token);
          return {};
        }
        functions.push({ row, inputs: inputs as Inputs });
        return row.answer(inputs as Inputs, place);
      },
    },
    project,
    stack,
  );
  await runToItsEnd(program, fates);
  if (lacking.size > 0) {
    throw new UsageError(
      `doctor does not know the rights of ${[...lacking].sort().join(", ")}: tools/doctor/rights lacks a row.`,
    );
  }
  return {
    place,
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
async function runToItsEnd(program: () => Promise<unknown>, fates: Map<string, Fate>): Promise<void> {
  const aloud = silenced();
  let failed = true;
  let reject: (error: unknown) => void;
  const rejected = new Promise<never>((_resolve, refuse) => (reject = refuse));
  const stopListening = listenForRejections((error) => {
    reject(error);
  });
  try {
    await Promise.race([registered(program, fates).then(settled), rejected]);
    failed = false;
  } finally {
    stopListening({ keepQuiet: failed });
    aloud();
  }
}

/** Node.js tells of a rejection that nobody handles once everything that waits has had its turn. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A failure that left the stack's own function would be told to nobody. */
async function registered(program: () => Promise<unknown>, fates: Map<string, Fate>): Promise<void> {
  const failures: unknown[] = [];
  await pulumi.runtime.runInPulumiStack(async () => {
    pulumi.runtime.registerStackTransformation(({ type, name, opts }) => {
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
  await pulumi.runtime.disconnect();
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
