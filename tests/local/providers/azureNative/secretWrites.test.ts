import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SecretWrites } from "../../../../local/providers/azureNative/secretWrites";

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "secret-writes-"));
  file = join(directory, "secret-writes.json");
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const open = (key = "key"): SecretWrites => new SecretWrites(file, key, () => undefined);
const body = { properties: { value: "a secret value", contentType: "text/plain" }, tags: { a: "1", b: "2" } };
const reordered = { tags: { b: "2", a: "1" }, properties: { contentType: "text/plain", value: "a secret value" } };

it("knows a write again in the next run, in any order of its names and any case of the ID", () => {
  open().begin("/vaults/V/secrets/s", body, "version-1");
  expect(open().begun("/vaults/v/secrets/S", reordered)).toBe("version-1");
});

it("knows no write of another value, another secret or another key, and none that another one followed", () => {
  const writes = open();
  writes.begin("/secrets/s", body, "");
  expect(writes.begun("/secrets/s", { ...body, properties: { value: "another" } })).toBeUndefined();
  expect(writes.begun("/secrets/t", body)).toBeUndefined();
  expect(open("another key").begun("/secrets/s", body)).toBeUndefined();
  writes.begin("/secrets/s", { ...body, properties: { value: "another" } }, "version-1");
  expect(writes.begun("/secrets/s", body)).toBeUndefined();
});

it("tells nothing of the value, and only its owner reads it", () => {
  open().begin("/secrets/s", body, "");
  expect(readFileSync(file, "utf8")).not.toContain("a secret value");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it.each(["", "{", '{"/secrets/s":1}'])("begins anew where the file is damaged, here %j", (text) => {
  writeFileSync(file, text);
  expect(open().begun("/secrets/s", body)).toBeUndefined();
  expect(existsSync(file)).toBe(false);
});
