/** How long something takes: any time between two, drawn evenly, in milliseconds. */
export interface Duration {
  /** Unique, in words: "ARM: put a storage account". */
  readonly of: string;
  readonly shortest: number;
  readonly longest: number;
  /** Whether it was seen in recorded answers or clients' logs of the real service; else it is estimated. */
  readonly isRecorded: boolean;
  /** Where it was seen, or what the estimate rests on. */
  readonly source: string;
}

/** Which calls take a duration. A path is compared in lower case. */
export interface Delay extends Duration {
  /** As the request log names it. */
  readonly service: string;
  readonly methods: readonly string[];
  readonly path: RegExp;
}
