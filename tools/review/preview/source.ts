import type { EngineEvent } from "@pulumi/pulumi/automation";

/** A preview that is asked for. */
export interface PreviewRequest {
  readonly stack: string;
  /** Directory with Pulumi.yaml. */
  readonly project: string;
  /** Configuration of the policy pack: a JSON file. */
  readonly policyConfig: string | undefined;
  /** The stack's settings, where they are not those of its own file. */
  readonly settingsFile?: string;
  /** Hears what is going on, a line at a time. */
  readonly progress: (line: string) => void;
}

/** What the engine told of a preview. */
export interface PreviewedEvents {
  /** In their order. */
  readonly events: readonly EngineEvent[];
  /** The engine's plan, from which only what a resource depends on is read. Absent after a failure. */
  readonly plan: unknown;
  /** Why the preview failed; absent where it did not. */
  readonly failure: string | undefined;
  /** What the program threw or rejected, where whoever ran it has heard it. */
  readonly programErrors?: readonly string[];
  /** The command that looks for the cause of a failure, where it is another than for production. */
  readonly doctor?: string;
  /** Values that must not be shown, besides those that the engine marks. */
  readonly secrets: readonly string[];
}

/** Runs previews: of production, or of local Azure. */
export type PreviewSource = (request: PreviewRequest) => Promise<PreviewedEvents>;
