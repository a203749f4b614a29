import { registration, resourceManagerRule, vaultRule } from "../../../local/providers/azureNative/retryRules";
import { untilShown } from "../../../local/providers/azuread/consistency";
import {
  added,
  graphRule,
  newApplication,
  newGrant,
  newPrincipal,
  removed,
} from "../../../local/providers/azuread/retryRules";
import { repeats, repeatsAnswer, type ClientRule, type RepeatedAnswer } from "../../../local/providers/rest/retryRule";

const answered = (status: number, code = "", message = ""): Parameters<typeof repeats>[1] => ({
  status,
  headers: {},
  body: JSON.stringify({ code, message }),
});
const errorOf = ({ body }: { body: string }): { code: string; message: string } =>
  JSON.parse(body) as { code: string; message: string };
const repeated = (rule: ClientRule): number[] =>
  Array.from({ length: 200 }, (_, index) => 400 + index).filter((status) => repeats(rule, answered(status), errorOf));
const repeatsCall = (answers: readonly RepeatedAnswer[], status: number, message = ""): boolean =>
  repeatsAnswer(answers, answered(status, "Request_BadRequest", message), errorOf);

describe("azure-native", () => {
  it("repeats six statuses, and one conflict", () => {
    const six = [408, 429, 500, 502, 503, 504];
    expect(repeated(resourceManagerRule)).toEqual(six);
    expect(repeated(vaultRule)).toEqual(six);
    expect(repeats(resourceManagerRule, answered(409, "AnotherOperationInProgress"), errorOf)).toBe(true);
    expect(repeats(resourceManagerRule, answered(409, "ConflictError"), errorOf)).toBe(false);
    expect(repeats(vaultRule, answered(409, "AnotherOperationInProgress"), errorOf)).toBe(false);
    expect(registration.codes).toContain("MissingSubscriptionRegistration");
  });
});

describe("azuread", () => {
  it("repeats throttling, what times out and the service's own failures, but none for want of an object", () => {
    const statuses = repeated(graphRule);
    expect(statuses.filter((status) => status < 500)).toEqual([408, 424, 429]);
    expect(statuses.filter((status) => status >= 500)).toHaveLength(99);
    expect(statuses).not.toContain(501);
  });

  it.each([
    [5, 10],
    [10, 15],
    [15, 20],
  ])("sends a request of an operation of %i minutes %i times at most", (minutes, times) => {
    expect(typeof graphRule.attempts === "function" && graphRule.attempts(minutes * 60_000)).toBe(times);
  });

  it("repeats in single calls what a late replica answers", () => {
    expect(repeatsCall(newApplication.answers, 404)).toBe(true);
    expect(repeatsCall(newApplication.answers, 409)).toBe(true);
    expect(repeatsCall(newApplication.answers, 400, "Invalid value.")).toBe(false);
    const unknown = "The appId 'a' of the service principal does not reference a valid application object.";
    expect(repeatsCall(newPrincipal.answers, 400, unknown)).toBe(true);
    expect(repeatsCall(newPrincipal.answers, 404)).toBe(false);
    expect(repeatsCall(newPrincipal.answers, 403, "Insufficient privileges to complete the operation.")).toBe(false);
    expect(repeatsCall(newGrant.answers, 404)).toBe(true);
    expect(repeatsCall(newGrant.answers, 400, "Not a valid reference update.")).toBe(true);
    expect(repeatsCall(newGrant.answers, 400, "Permission being assigned already exists on the object")).toBe(false);
  });
});

describe("a wait for a change to be seen", () => {
  const graph = { signal: new AbortController().signal, timeout: 60_000, waitScale: 0 };
  const reads = (...shown: boolean[]): { readonly look: () => Promise<boolean>; readonly left: boolean[] } => ({
    look: () => Promise.resolve(shown.shift() ?? false),
    left: shown,
  });

  it("needs five reads that show a new credential, with others between them", async () => {
    const { look, left } = reads(false, true, false, true, true, false, true, true, true);
    await untilShown(added, "a password", look, graph);
    expect(left).toEqual([true]);
  });

  it("needs five reads in a row that show a deletion", async () => {
    const { look, left } = reads(true, true, false, true, true, true, true, true, true);
    await untilShown(removed, "a deletion", look, graph);
    expect(left).toEqual([true]);
  });

  it("gives a new credential up after twenty-one reads without it", async () => {
    const { look } = reads();
    await expect(untilShown(added, "a password", look, graph)).rejects.toThrow("couldn't find resource (21 retries)");
  });
});
