import { fileURLToPath } from "node:url";
import boundaries from "eslint-plugin-boundaries";
import tseslint from "typescript-eslint";

/** The rooms, and the other rooms each may import from. */
const rooms = {
  components: [],
  infra: ["components"],
  policy: [],
  verify: [],
  credentials: ["components", "verify"],
  adopt: ["verify"],
  review: ["components", "policy"],
  doctor: ["components", "infra"],
  local: ["infra", "policy", "review", "adopt"],
  clients: ["local"],
  bench: ["components", "infra", "local", "policy"],
  examples: ["components"],
  tests: [
    "components",
    "infra",
    "policy",
    "verify",
    "credentials",
    "adopt",
    "review",
    "doctor",
    "local",
    "clients",
    "bench",
    "examples",
  ],
};

/** Keeps imports going one way. Stands alone too: `npx eslint --config eslint.rooms.mjs`. */
export default [
  {
    files: ["**/*.ts"],
    languageOptions: { parser: tseslint.parser },
    plugins: { boundaries },
    settings: {
      "boundaries/root-path": fileURLToPath(new URL(".", import.meta.url)),
      "boundaries/elements": Object.keys(rooms).map((room) => ({ type: room, pattern: `${room}/**/*`, mode: "full" })),
      "import/resolver": { node: { extensions: [".ts", ".js", ".json"] } },
    },
    rules: {
      "boundaries/dependencies": [
        "error",
        {
          default: "disallow",
          rules: Object.entries(rooms).map(([room, allowed]) => ({
            from: { type: room },
            allow: { to: { type: [room, ...allowed] } },
          })),
          message: "Imports go one way: {{from.type}} must not import {{to.type}} (docs/architecture.md).",
        },
      ],
    },
  },
];
