import * as fc from "fast-check";
import { markdown } from "../../../tools/review/report/markdown";
import { reportOf } from "../../../tools/review/report/report";
import { application, password, principal, vault } from "./support/daemon";
import { diagnosticEvent, marked, outputsEvent, policyEvent, previewed, type Told } from "./support/events";
import { options } from "./support/report";

/** As Entra ID makes them; what is not marked as a secret must not hold one by chance. */
const secretText = fc.stringMatching(/^[A-Za-z0-9~_.-]{20,40}$/).map((text) => `s3cr3t${text}`);

const word = fc.constantFrom("endDate", "owners", "properties", "value", "tags", "displayName", "notes", "scope");
/** Any inputs, in which the secret stands as a secret, at any depth. */
const inputsWith = (secret: string) =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constant(marked(secret)),
      fc.boolean(),
      fc.nat(),
      fc.constant(null),
      fc.lorem({ maxCount: 2 }),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(word, tie("value"), { maxKeys: 4 }),
    ),
  })).value;

const types = [
  "azuread:index/application:Application",
  "azuread:index/applicationPassword:ApplicationPassword",
  "azuread:index/appRoleAssignment:AppRoleAssignment",
  "azure-native:authorization:RoleAssignment",
  "azure-native:keyvault:Vault",
  "azure-native:keyvault:Secret",
  "azure-native:storage:StorageAccount",
  "my:own:Thing",
];

const change = secretText.chain((secret) =>
  fc.record({
    secret: fc.constant(secret),
    told: fc.uniqueArray(
      fc.record({
        type: fc.constantFrom(...types),
        name: fc.lorem({ maxCount: 1 }),
        before: fc.dictionary(word, inputsWith(secret)),
        after: fc.dictionary(word, inputsWith(secret)),
        outputs: fc.dictionary(word, inputsWith(secret)),
      }),
      { selector: ({ type, name }) => `${type} ${name}`, maxLength: 6 },
    ),
  }),
);

describe("a secret", () => {
  it("never appears in a report, whatever the inputs are and whoever repeats it", () => {
    fc.assert(
      fc.property(change, ({ secret, told }) => {
        const resources: Told[] = told.map(({ type, name, before, after, outputs }) => ({
          type,
          name,
          old: { inputs: before, outputs },
          new: { inputs: after, outputs },
        }));
        const holder: Told = { ...application(["User.Read.All"]), new: { inputs: { notes: marked(secret) } } };
        const report = reportOf(
          previewed(
            [holder, ...resources],
            policyEvent("rule", `It is so\nThe value is ${secret}. Fix: write another.`, holder, "mandatory"),
            diagnosticEvent("error", `refused ${secret} and ${encodeURIComponent(secret)}`, holder),
            diagnosticEvent("warning", secret),
            outputsEvent({ "loader.nextRotation": secret }, { "loader.expiresOn": secret, value: marked(secret) }),
          ),
          options(),
        );
        expect(JSON.stringify(report)).not.toContain(secret);
        expect(markdown(report)).not.toContain(secret);
      }),
      { numRuns: 200 },
    );
  });

  it("is known by its place, where a program has not marked it", () => {
    const [clientSecret, document] = ["Q~made-by-entra", '{"clientSecret":"Q~made"}'];
    const told: Told[] = [
      application([]),
      { ...password(0, "2030-07-15T00:00:00Z"), old: { outputs: { value: clientSecret } } },
      { type: "azure-native:keyvault:Secret", name: "s", new: { inputs: { properties: { value: document } } } },
    ];
    const report = reportOf(previewed(told, diagnosticEvent("error", `${clientSecret} ${document}`)), options());
    expect(report.preview.errors).toEqual([{ message: "[secret] [secret]" }]);
  });

  it("of whoever runs the review is hidden too", () => {
    const preview = previewed([principal], diagnosticEvent("error", "AADSTS7000215: deployers-secret"));
    const report = reportOf({ ...preview, secrets: ["deployers-secret", "ab"] }, options());
    expect(report.preview.errors).toEqual([{ message: "AADSTS7000215: [secret]" }]);
  });

  it("makes no property's value appear: a change is told by its paths", () => {
    const told: Told = { ...vault({ createMode: "some-value" }), diffs: ["properties.createMode"] };
    const report = reportOf(previewed([told]), options());
    expect(report.resources.changes).toMatchObject([{ properties: ["properties.createMode"] }]);
    expect(JSON.stringify(report)).not.toContain("some-value");
  });
});
