/** What a rule says of itself. RULES.md is made from it. */
export interface RuleText {
  /** Unique in the pack; teams configure the rule by it. */
  readonly name: string;
  /** What must hold, as one sentence. */
  readonly what: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** What to do about a finding, as a clause that can follow "Fix:". */
  readonly fix: string;
  /** The setting of this project's stack that does it, as its file names it. Absent where the stack has none. */
  readonly setting?: string;
  /** The public rules it follows, by their IDs. Empty: the pack's own judgement. */
  readonly source: readonly string[];
  readonly severity: "low" | "medium" | "high" | "critical";
  readonly level: "mandatory" | "advisory";
}
