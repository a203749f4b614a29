import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Item {
  readonly text: string;
  readonly link: string;
}

const titleIn = (file: string): string => /^# (.+)$/m.exec(readFileSync(file, "utf8"))?.[1]?.replaceAll("`", "") ?? "";

/** The pages of a folder by their titles, the index first. */
function pagesIn(docs: string, folder: string, wanted: (name: string) => boolean = () => true): Item[] {
  const names = readdirSync(join(docs, folder)).filter((name) => name.endsWith(".md") && wanted(name));
  const items = names.map((name) => ({
    text: titleIn(join(docs, folder, name)),
    link: `/${folder}/${name === "index.md" ? "" : name.replace(/\.md$/, "")}`,
  }));
  return items.sort((one, other) =>
    one.link.endsWith("/") ? -1 : other.link.endsWith("/") ? 1 : one.text.localeCompare(other.text),
  );
}

const besideTheCode: readonly Item[] = [
  { text: "Components in detail", link: "/components/" },
  { text: "Policy rules", link: "/policy/RULES" },
  { text: "Use the policy pack", link: "/policy/" },
  { text: "Local Azure: operations and differences", link: "/local/" },
  { text: "verify", link: "/tools/verify/" },
  { text: "credentials", link: "/tools/credentials/" },
  { text: "Real-world clients", link: "/examples/clients/" },
];

const forContributors = (name: string): boolean => name.startsWith("contribute-") || name === "releases.md";

/** The site's menu: a part for each folder. */
export const sidebar = (docs: string) => [
  { text: "Tutorials", items: pagesIn(docs, "tutorials") },
  { text: "How-to guides", collapsed: false, items: pagesIn(docs, "how-to", (name) => !forContributors(name)) },
  { text: "Reference", collapsed: false, items: [...pagesIn(docs, "reference"), ...besideTheCode] },
  { text: "Components", collapsed: true, items: pagesIn(docs, "reference/components") },
  { text: "Explanation", collapsed: false, items: pagesIn(docs, "explanation") },
  { text: "Decisions", collapsed: true, items: pagesIn(docs, "explanation/decisions") },
  { text: "Runbook", collapsed: false, items: pagesIn(docs, "runbook") },
  { text: "Contribute", collapsed: true, items: pagesIn(docs, "how-to", forContributors) },
];
