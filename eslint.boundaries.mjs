import { fileURLToPath } from "node:url";
import boundaries from "eslint-plugin-boundaries";
import tseslint from "typescript-eslint";

/** The packages: where each is, and the others that it may import from. The first directory that fits counts. */
const packages = {
  components: { directory: "components", imports: [] },
  infra: { directory: "infra", imports: ["components"] },
  policy: { directory: "policy", imports: [] },
  tools: { directory: "tools", imports: ["components", "policy"] },
  local: { directory: "local", imports: ["infra", "policy", "tools"] },
  clients: { directory: "examples/clients/runner", imports: ["local"] },
  examples: { directory: "examples", imports: ["components"] },
  bench: { directory: "bench", imports: ["components", "infra", "local", "policy", "tools"] },
  tests: {
    directory: "tests",
    imports: ["components", "infra", "policy", "tools", "local", "clients", "bench", "examples"],
  },
};

/** Keeps imports going one way. Stands alone too: `npx eslint --config eslint.boundaries.mjs`. */
export default [
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: { parser: tseslint.parser },
    plugins: { boundaries },
    settings: {
      "boundaries/root-path": fileURLToPath(new URL(".", import.meta.url)),
      "boundaries/elements": Object.entries(packages).map(([type, { directory }]) => ({
        type,
        pattern: `${directory}/**/*`,
        mode: "full",
      })),
      "import/resolver": { node: { extensions: [".ts", ".tsx", ".js", ".json"] } },
    },
    rules: {
      "boundaries/dependencies": [
        "error",
        {
          default: "disallow",
          rules: Object.entries(packages).map(([type, { imports }]) => ({
            from: { type },
            allow: { to: { type: [type, ...imports] } },
          })),
          message: "Imports go one way: {{from.type}} must not import {{to.type}} (docs/explanation/architecture.md).",
        },
      ],
    },
  },
];
