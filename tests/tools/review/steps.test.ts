import type { OpType } from "@pulumi/pulumi/automation";
import * as fc from "fast-check";
import { changesIn, countsOf, stepsIn } from "../../../tools/review/preview/steps";
import { stepEvents, type Told } from "./support/events";

const ops: readonly OpType[] = [
  "same",
  "create",
  "update",
  "delete",
  "replace",
  "create-replacement",
  "delete-replaced",
  "read",
  "read-replacement",
  "refresh",
  "discard",
  "discard-replaced",
  "remove-pending-replace",
  "import",
  "import-replacement",
];

const resource = fc.record({
  type: fc.constantFrom("azuread:index/application:Application", "azure-native:keyvault:Vault", "my:own:Component"),
  name: fc.string({ minLength: 1, maxLength: 6 }).filter((name) => !name.includes("::")),
  ops: fc.uniqueArray(fc.constantFrom(...ops), { minLength: 1 }),
});
const stack = fc
  .uniqueArray(resource, { selector: ({ type, name }) => `${type} ${name}` })
  .map((all): Told[] => all.map((each) => ({ ...each, old: {}, new: {} })));

describe("the changes of a preview", () => {
  it("hold every step exactly once, and count every resource exactly once, whatever the steps are", () => {
    fc.assert(
      fc.property(stack, (told) => {
        const changes = changesIn(stepsIn(stepEvents(told)));
        expect(changes.flatMap(({ urn, steps }) => steps.map((op) => `${op} ${urn}`)).sort()).toEqual(
          stepsIn(stepEvents(told))
            .map(({ op, urn }) => `${op} ${urn}`)
            .sort(),
        );
        const counted = Object.values(countsOf(changes)).reduce((sum, count) => sum + count, 0);
        expect(counted).toBe(told.length);
      }),
    );
  });

  it.each<[readonly OpType[], string]>([
    [["create-replacement", "replace", "delete-replaced"], "replace"],
    [["create"], "create"],
    [["update"], "update"],
    [["same", "delete"], "delete"],
    [["delete-replaced"], "delete"],
    [["import"], "import"],
    [["read"], "read"],
    [["same"], "same"],
  ])("tell a resource with the steps %j as %s", (steps, change) => {
    const told: Told = { type: "azure-native:keyvault:Vault", name: "kv", old: {}, new: {}, ops: steps };
    expect(changesIn(stepsIn(stepEvents([told])))).toMatchObject([{ name: "kv", change }]);
  });

  it("leave the engine's own resources out", () => {
    const told: Told[] = [
      { type: "pulumi:providers:azuread", name: "default", old: {}, new: {} },
      { type: "pulumi:pulumi:Stack", name: "daemons-dev", old: {}, new: {} },
    ];
    expect(changesIn(stepsIn(stepEvents(told)))).toEqual([]);
  });
});
