import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Row {
  readonly type: string;
  readonly names: readonly string[];
}

const pages = new Map<string, readonly Row[]>();

/**
 * That a resource stands on the page of every component that it belongs to.
 *
 * @param parent URN of its parent
 * @throws Error that names the page and the resource
 */
export function expectDocumented(type: string, name: string, parent: string): void {
  const [chain = "", parentName = ""] = parent.split("::").slice(-2);
  const components = chain.split("$").filter((each) => each.startsWith("azure-daemon-access:index:"));
  if (type.startsWith("azure-daemon-access:")) return;
  components.forEach((token, index) => {
    const component = token.split(":").at(-1) ?? "";
    const owner = index === components.length - 1 ? parentName : undefined;
    const found = rowsOf(component).some(
      (row) => row.type === shortType(type) && row.names.some((pattern) => patternOf(pattern, owner).test(name)),
    );
    if (!found) {
      throw new Error(`${component} declares ${name} (${shortType(type)}): give its class a matching @resource line.`);
    }
  });
}

/** `azuread:index/application:Application` as `azuread.Application`. */
function shortType(token: string): string {
  const [namespace = "", module = "", name = ""] = token.split(":");
  return ["index", "pulumi"].includes(module.split("/")[0] ?? "")
    ? `${namespace}.${name}`
    : `${namespace}.${module}.${name}`;
}

/** Placeholders stand for any text, `<name>` for the owner's name where that is known. */
function patternOf(name: string, owner: string | undefined): RegExp {
  const parts = name.split(/(<[^>]+>)/).map((part) => {
    if (part === "<name>" && owner !== undefined) return escaped(owner);
    return part.startsWith("<") ? ".+" : escaped(part);
  });
  return new RegExp(`^${parts.join("")}$`);
}

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&");

function rowsOf(component: string): readonly Row[] {
  const known = pages.get(component);
  if (known !== undefined) return known;
  const page = readFileSync(join(__dirname, "../../docs/reference/components", `${component}.md`), "utf8");
  const [, section = ""] = /\n## Resources\n([\s\S]*?)\n## /.exec(page) ?? [];
  const rows = section.split("\n").flatMap((line): Row[] => {
    const [names = "", type = ""] = line
      .split("|")
      .slice(1)
      .map((cell) => cell.trim());
    if (!names.startsWith("`")) return [];
    return [{ names: names.replaceAll("`", "").split(", "), type: type.replaceAll("`", "") }];
  });
  pages.set(component, rows);
  return rows;
}
