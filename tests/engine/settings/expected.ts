/** What a change of a setting is expected to do. */
export interface Expected {
  /** What the engine does, as "update Vault kv-daemons"; `replace` is a deletion and a creation, in whichever order. */
  readonly plan?: readonly string[];
  /** On the way back. @default the same, with creations and deletions changed round */
  readonly back?: readonly string[];
  /** Parts of lines that the inventory has anew. None where Azure is told nothing. */
  readonly found?: readonly string[];
  /** Refused at preview: refusedSettings.test.ts says with which words. */
  readonly refused?: true;
  /** The configuration's error. */
  readonly unsupported?: RegExp;
  /** Why there is no way back in one update; the stack stays as it has become. */
  readonly stays?: string;
  /** Changes with one word here are made together, and with no others. */
  readonly alone?: string;
}

/** One step, and what is found after it. */
export const one = (step: string, ...found: string[]): Expected => ({ plan: [step], found });
export const role = (name: string, ...found: string[]): Expected => one(`replace RoleAssignment ${name}`, ...found);
