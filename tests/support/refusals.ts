import { ArgumentError } from "../../components/index";
import { azure } from "./azureMocks";
import { record } from "./mocks";

/** The problems that a component tells when it is built, with nothing but the component itself registered. */
export async function problemsOf(build: () => unknown): Promise<readonly string[]> {
  const recording = await record(azure, () => {
    try {
      build();
    } catch (error) {
      if (error instanceof ArgumentError) return error.problems;
      throw error;
    }
    throw new Error("The arguments were taken.");
  });
  expect(recording.resources.filter(({ type }) => !type.startsWith("azure-daemon-access:"))).toEqual([]);
  return recording.outputs;
}
