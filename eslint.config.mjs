import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";
import boundaries from "./eslint.boundaries.mjs";

const azureNativeIndex = {
  name: "@pulumi/azure-native",
  message:
    "Import a submodule, for example @pulumi/azure-native/keyvault: the index costs 2.7 times the type-check time.",
};

/** A bare directory means what its package.json names: what was built last, and not the sources. */
const builtComponents = {
  regex: "^(\\.\\./)+components$",
  message: "Import components/index: the directory alone leads to what was built last.",
};

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/**",
      "**/bin/**",
      ".local-azure/**",
      "coverage/**",
      ".mutation/**",
      "docs/.vitepress/{cache,dist}/**",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx", "**/*.mts"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "no-restricted-imports": ["error", { paths: [azureNativeIndex], patterns: [builtComponents] }],
    },
  },
  // typescript-eslint's rules stay; this adds the boundaries between packages.
  ...boundaries,
  {
    files: ["**/*.mjs", "**/*.js", "**/*.cjs"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        setInterval: "readonly",
        module: "writable",
        require: "readonly",
        URL: "readonly",
        URLSearchParams: "readonly",
        Buffer: "readonly",
        fetch: "readonly",
        performance: "readonly",
      },
    },
  },
);
