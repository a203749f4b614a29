import type { Change } from "./change";
import type { Kind } from "./compliant";
import type { Configuration } from "./findings";

/** One broken property, and what must be found then. */
export interface Case {
  readonly on: Kind;
  /** The rule that finds it. */
  readonly rule: string;
  /** What is broken: the test's sentence. */
  readonly broken: string;
  readonly change: Change;
  /** A part of the message: what it says is wrong. */
  readonly says: string;
  /** "mandatory" by default. */
  readonly level?: "advisory";
  /** Other rules that rightly find the same. */
  readonly also?: readonly string[];
  readonly configuration?: Configuration;
}
