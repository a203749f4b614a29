import type { PreviewSource } from "../../tools/review/preview/source";
import { followPreview } from "../../tools/review/preview/follow";
import { engineOfThisMachine } from "../engine/ensureEngine";
import { doctorCommand } from "../output/operationReport";
import { startProviders } from "../providers/startProviders";
import { openAzure } from "../session/azureSession";
import { clearAbandoned } from "../stack/abandoned";
import { openStack } from "../stack/drivenStack";
import { ownStack } from "../stack/ownStack";
import { policyConfiguration, projectPolicies } from "../stack/policies";
import { checkProject, isOwnStack } from "../stack/projectFile";
import { languageOf } from "../stack/projectLanguage";
import { readSettingsFile } from "../stack/settingsFile";
import { lockStack } from "../stack/stackLock";
import type { StateDirectory } from "../stateDirectory";
import { asLandingZoneDeployer } from "../providers/asLandingZoneDeployer";

/**
 * Previews a project's program against local Azure, with the stand-in providers. What is deployed there already is
 * what the change is compared with.
 */
export function localPreview(state: StateDirectory, machine: NodeJS.ProcessEnv): PreviewSource {
  return async (request) => {
    const { config, path } = readSettingsFile(request.project, request.stack, []);
    const own = isOwnStack(request.project) ? ownStack() : undefined;
    if (own === undefined) checkProject(request.project);
    own?.checkConfiguration(config, new Date(), path);
    const policies = policyConfiguration(config, request.policyConfig);
    const engine = await engineOfThisMachine(machine, request.progress);
    request.progress(`Previewing stack ${request.stack} against local Azure, state in ${state.path}.`);
    const closers: (() => Promise<void>)[] = [];
    try {
      const azure = await openAzure({ state, command: "review" });
      closers.unshift(() => azure.close());
      closers.unshift(await lockStack(state, "review"));
      await clearAbandoned(state.pulumi.backend, request.progress);
      const clientSecret = azure.secretOf("deployer");
      const providers = await startProviders({
        ...asLandingZoneDeployer(azure, clientSecret),
      });
      closers.unshift(() => providers.close());
      const language = own ? undefined : await languageOf(azure, request.project, state.pulumi.work);
      closers.unshift(() => {
        language?.close();
        return Promise.resolve();
      });
      const passphrase = machine["PULUMI_CONFIG_PASSPHRASE"] ?? azure.derive("pulumi-passphrase");
      const { stack, program: watched } = await openStack({
        engine,
        state,
        project: request.project,
        stack: request.stack,
        passphrase,
        debugProviders: providers.debugProviders,
        config: [],
        ...(own && { program: () => own.program() }),
        ...(language && { debugLanguages: language.debugLanguages }),
      });
      const [policyConfig] = projectPolicies(state, policies).configs;
      const { secrets, ...previewed } = await followPreview(stack, { ...request, policyConfig }, machine, {
        giveUp: (why) => {
          watched.giveUp(why);
        },
      });
      return {
        ...previewed,
        programErrors: watched.messages,
        doctor: doctorCommand(request),
        secrets: [...secrets, clientSecret, passphrase],
      };
    } finally {
      for (const close of closers) {
        await close();
      }
    }
  };
}
