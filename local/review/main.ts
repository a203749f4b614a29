import { review } from "../../tools/review/commandLine";
import { stateDirectory } from "../stateDirectory";
import { forgetForeign } from "../environment";
import { EngineError } from "../engine/engineError";
import { UserError } from "../userError";
import { localPreview } from "./localPreview";

const machine = { ...process.env };
forgetForeign(process.env);

const reviewed = async (): Promise<number> =>
  await review(process.argv.slice(2), localPreview(stateDirectory(machine), machine));

reviewed().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof UserError || error instanceof EngineError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error instanceof UserError ? error.exitCode : 1;
  },
);
