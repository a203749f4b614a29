import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitepress";
import { anchorOf, pageOf, siteLinks } from "./links.mts";
import { literalCode } from "./literalCode.mts";
import { sidebar } from "./sidebar.mts";

const root = join(import.meta.dirname, "..", "..");
const exists = (file: string): boolean => existsSync(join(root, file));
const { homepage } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { homepage: string };

export default defineConfig({
  title: "azure-daemon-access",
  description: "Least-privilege identities for unattended programs on Azure, with Pulumi",
  srcDir: root,
  // The pages beside the code are part of the site; what is no page for users is not.
  srcExclude: [
    "README.md",
    "tests/**",
    "bench/**",
    ".changeset/**",
    ".local-azure/**",
    "**/CHANGELOG.md",
    "**/*.api.md",
  ],
  outDir: join(import.meta.dirname, "dist"),
  cacheDir: join(import.meta.dirname, "cache"),
  rewrites: pageOf,
  ignoreDeadLinks: false,
  lastUpdated: false,
  cleanUrls: false,
  vite: { publicDir: false, server: { fs: { allow: [root] } } },
  markdown: {
    anchor: { slugify: anchorOf },
    toc: { slugify: anchorOf },
    config: (markdown) => {
      markdown.use(literalCode);
      markdown.use(siteLinks, { root, repository: homepage.replace(/#.*$/, ""), exists });
    },
  },
  themeConfig: {
    nav: [
      { text: "Tutorials", link: "/tutorials/first-run" },
      { text: "How-to", link: "/how-to/production" },
      { text: "Reference", link: "/reference/settings" },
      { text: "Explanation", link: "/explanation/architecture" },
      { text: "Runbook", link: "/runbook/" },
    ],
    sidebar: sidebar(join(root, "docs")),
    outline: [2, 3],
    search: { provider: "local" },
  },
});
