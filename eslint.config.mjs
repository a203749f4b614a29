import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import boundaries from "eslint-plugin-boundaries";
import tseslint from "typescript-eslint";

/** The rooms, and the rooms each may import from. Everything may import itself. */
const rooms = {
  components: [],
  infra: ["components"],
  policy: [],
  verify: [],
  local: ["infra", "verify"],
  bench: ["components", "infra", "local"],
  examples: ["components"],
  tests: ["components", "infra", "policy", "verify", "local", "bench", "examples"],
};

const azureNativeIndex = {
  name: "@pulumi/azure-native",
  message: "Import a submodule, for example @pulumi/azure-native/keyvault: the index costs 2.7 times the type-check time.",
};

export default tseslint.config(
  { ignores: ["**/node_modules/**", "**/bin/**", ".local-azure/**", "coverage/**"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "@pulumi": pulumi, boundaries },
    settings: {
      "boundaries/elements": Object.keys(rooms).map((room) => ({ type: room, pattern: `${room}/**`, mode: "full" })),
      "import/resolver": { node: { extensions: [".ts", ".js"] } },
    },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "no-restricted-imports": ["error", { paths: [azureNativeIndex] }],
      "boundaries/element-types": [
        "error",
        {
          default: "disallow",
          rules: Object.entries(rooms).map(([room, allowed]) => ({ from: [room], allow: [room, ...allowed] })),
        },
      ],
    },
  },
  {
    files: ["**/*.mjs", "**/*.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly", module: "writable", URL: "readonly" } },
  },
);
