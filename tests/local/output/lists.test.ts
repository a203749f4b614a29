import { listOf } from "../../../local/output/lists";
import { wrapped } from "../../../tools/cli/wrapped";

const outputs = { vaultUri: "https://kv.vault.azure.net/", daemons: ["a"], "a.id": "1" };

it("lists names and values in two columns, sorted", () => {
  expect(listOf(outputs, 80)).toBe(
    ["  a.id      1", '  daemons   ["a"]', "  vaultUri  https://kv.vault.azure.net/"].join("\n"),
  );
});

it("gives a value that does not fit a line of its own, and never breaks it", () => {
  expect(listOf(outputs, 20)).toBe(
    ["  a.id      1", '  daemons   ["a"]', "  vaultUri", "    https://kv.vault.azure.net/"].join("\n"),
  );
});

it("breaks text at spaces and indents what follows", () => {
  expect(wrapped("  fix  ", "set the flag to true", 20)).toBe("  fix  set the flag\n       to true");
});

it("keeps a word that is longer than the line whole", () => {
  expect(wrapped("  ", "see https://kv.vault.azure.net/ now", 10)).toBe("  see\n  https://kv.vault.azure.net/\n  now");
});

it("leaves text as it is where there is no width", () => {
  expect(wrapped("  fix  ", "set the flag", Number.POSITIVE_INFINITY)).toBe("  fix  set the flag");
});
