import type { StateDirectory } from "../stateDirectory";

/** What an engine needs to find the state of a state directory and the stand-ins. */
export interface EngineSurroundings {
  readonly state: StateDirectory;
  /** Protects the secrets in the state. */
  readonly passphrase: string;
  /** PULUMI_DEBUG_PROVIDERS: where the stand-in providers listen. */
  readonly debugProviders: string;
}

/** Variables of an engine that deploys onto local Azure. */
export function engineVariables({ state, passphrase, debugProviders }: EngineSurroundings): Record<string, string> {
  return {
    // The backend's notes beside each file ("*.attrs") are not written in one step: a kill would leave a torn one, and with
    // it a state that no engine reads. Nothing needs them.
    PULUMI_BACKEND_URL: `file://${state.pulumi.backend}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_DEBUG_PROVIDERS: debugProviders,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // The engine replaces the state file in one step; a copy at the end of each operation protects from nothing here.
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
  };
}
