import { nameInputs } from "../components/checks/inputNames";
import { NAMESPACE } from "./problems";

/** Settings that stand by themselves, whichever component takes them. */
const shared = /^(?:location|resourceGroupName|tags)\b/;

/**
 * A refusal that comes late, from a component, names the setting that its reader wrote: `lake.accountName`, and not
 * `accountName`.
 *
 * @param setting where the component's inputs are written
 * @param renamed inputs that the settings call otherwise
 */
export function nameAsSettings(
  component: string,
  name: string,
  setting: string,
  renamed: Readonly<Record<string, string>> = {},
): void {
  nameInputs(component, name, (line) => {
    const [, input = "", rest = ""] = /^(\w+)(.*)$/s.exec(line) ?? [];
    return shared.test(line) ? `${NAMESPACE}:${line}` : `${NAMESPACE}:${setting}.${renamed[input] ?? input}${rest}`;
  });
}
