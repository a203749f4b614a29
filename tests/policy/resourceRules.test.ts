import { rules } from "../../policy/rules";
import { authorizationCases } from "./cases/authorization";
import { credentialCases } from "./cases/credentials";
import { identityCases } from "./cases/identity";
import { vaultCases } from "./cases/keyVault";
import { machineLearningCases } from "./cases/machineLearning";
import { storageCases } from "./cases/storage";
import type { Case } from "./support/case";
import { alwaysFound, compliant, type Kind, secretMarker } from "./support/compliant";
import { type Declared, findOn } from "./support/findings";

const cases: Case[] = [
  ...vaultCases,
  ...storageCases,
  ...authorizationCases,
  ...machineLearningCases,
  ...identityCases,
  ...credentialCases,
];
const resourceRules = rules.filter(({ types }) => types.length > 0);
const textOf = (name: string) => rules.find(({ text }) => text.name === name)?.text;

describe("a resource that keeps every rule", () => {
  it.each(Object.keys(compliant) as Kind[])("of the kind %s is passed", (kind) => {
    const found = findOn(compliant[kind]).map(({ rule }) => rule);
    expect(found).toEqual(alwaysFound[kind] ?? []);
  });
});

describe("one broken property is found by its rule, with the fix", () => {
  it.each(cases.map((one) => [`${one.on} ${one.broken}: ${one.rule}`, one] as const))("%s", (_title, one) => {
    const found = findOn(one.change(compliant[one.on]), one.configuration);

    const others = new Set([...(one.also ?? []), ...(alwaysFound[one.on] ?? [])]);
    expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set([one.rule, ...others]));
    const own = found.find(({ rule }) => rule === one.rule);
    expect(own?.level).toBe(one.level ?? "mandatory");
    expect(own?.message).toContain(one.says);
    expect(own?.message).toContain(`Fix: ${textOf(one.rule)?.fix ?? "?"}.`);
    expect(own?.message).toContain(textOf(one.rule)?.setting ?? "");
  });

  it("for every rule on resources", () => {
    const covered = new Set(cases.map(({ rule }) => rule));
    expect(resourceRules.map(({ text }) => text.name).filter((name) => !covered.has(name))).toEqual([]);
  });
});

describe("the text of a finding", () => {
  it("never holds a secret's value", () => {
    const messages = cases.flatMap((one) => findOn(one.change(compliant[one.on]), one.configuration));
    expect(messages.filter(({ message }) => message.includes(secretMarker))).toEqual([]);
  });
});

describe("a resource under another token of its type", () => {
  const openAccount = (type: string): Declared => ({ type, name: "account", props: {} });

  it.each([
    "azure-native:storage:StorageAccount",
    "azure-native:storage/v20240101:StorageAccount",
    "azure-native_storage_v20240101:storage:StorageAccount",
  ])("is judged all the same: %s", (type) => {
    expect(findOn(openAccount(type)).map(({ rule }) => rule)).toContain("storage-tls-version");
  });

  it("is left alone if the type only sounds alike", () => {
    expect(findOn(openAccount("azure-native:storage:StorageAccountStaticWebsite"))).toEqual([]);
  });
});
