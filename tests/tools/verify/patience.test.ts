import { Patience } from "../../../tools/verify/patience";
import { newConsent, newCredential, newRole } from "../../../tools/verify/replication";
import { failure } from "./fixtures";

/** A clock that only moves while somebody sleeps. */
function patience(seconds: number): { patience: Patience; lines: string[]; slept: () => number } {
  const lines: string[] = [];
  let now = 0;
  return {
    patience: new Patience({
      seconds,
      callSeconds: 30,
      progress: (line) => lines.push(line),
      now: () => now,
      sleep: (ms) => Promise.resolve((now += ms)),
    }),
    lines,
    slept: () => now,
  };
}

const refusal = (code: string): Error => Object.assign(new Error("refused"), { code });

/** Fails the given times, then succeeds. */
function flaky(code: string, times: number): { call: () => Promise<string>; calls: () => number } {
  let calls = 0;
  return {
    call: () => (++calls > times ? Promise.resolve("done") : Promise.reject(refusal(code))),
    calls: () => calls,
  };
}

describe("patience", () => {
  it("calls again while a new role is on its way, and says so before each pause", async () => {
    const { patience: patient, lines } = patience(60);
    const { call, calls } = flaky("ForbiddenByRbac", 2);
    await expect(patient.call("reading x", newRole, call)).resolves.toBe("done");
    expect(calls()).toBe(3);
    expect(lines).toEqual([
      "reading x: ForbiddenByRbac; waiting for a new role assignment to reach the vault (at most 60 s more)",
      "reading x: ForbiddenByRbac; waiting for a new role assignment to reach the vault (at most 58 s more)",
    ]);
  });

  it("gives up when the time is over, with what the service said last", async () => {
    const { patience: patient, slept } = patience(20);
    const { call } = flaky("ForbiddenByRbac", 1_000);
    await expect(patient.call("x", newRole, call)).rejects.toThrow("refused");
    expect(slept()).toBe(20_000);
  });

  it("shares one time limit between all calls", async () => {
    const { patience: patient, slept } = patience(20);
    const call = (): Promise<string> => flaky("ForbiddenByRbac", 1_000).call();
    await expect(patient.call("one", newRole, call)).rejects.toThrow("refused");
    await expect(patient.call("two", newRole, call)).rejects.toThrow("refused");
    expect(slept()).toBe(20_000);
  });

  it("never waits with --wait 0", async () => {
    const { patience: patient, lines } = patience(0);
    const { call, calls } = flaky("ForbiddenByRbac", 1);
    await expect(patient.call("x", newRole, call)).rejects.toThrow("refused");
    expect([calls(), lines]).toEqual([1, []]);
  });

  it("fails at once for a reason that time does not fix", async () => {
    const { patience: patient } = patience(60);
    const { call, calls } = flaky("AADSTS7000222", 1);
    await expect(patient.call("x", newCredential(undefined), call)).rejects.toThrow("refused");
    expect(calls()).toBe(1);
  });
});

describe("what is waited for", () => {
  const now = new Date("2026-03-01T09:00:00Z");
  const fresh = newCredential(new Date("2026-03-01T08:50:00Z"), now);
  const old = newCredential(new Date("2026-03-01T08:40:00Z"), now);

  it.each(["AADSTS7000215", "AADSTS700027", "AADSTS700016"])(
    "is %s for a credential written minutes ago, and only then",
    (code) => {
      expect(fresh(failure(code))).toMatch(/^the new /);
      expect(old(failure(code))).toBeUndefined();
    },
  );

  it.each(["AADSTS7000222", "AADSTS90002", "AADSTS700024", "Timeout", "ENOTFOUND"])("is never %s", (code) => {
    expect([fresh(failure(code)), newRole(failure(code)), newConsent("grant")(failure(code))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each(["ForbiddenByRbac", "AuthorizationPermissionMismatch", "AuthorizationFailed"])(
    "is the role behind %s",
    (code) => {
      expect(newRole(failure(code))).toMatch(/^a new role assignment/);
    },
  );

  it.each(["ForbiddenByFirewall", "AuthorizationFailure", "FilesystemNotFound"])("is no role for %s", (code) => {
    expect(newRole(failure(code))).toBeUndefined();
  });

  it("is a permission that the stack granted, not one that people grant", () => {
    const denied = failure("Authorization_RequestDenied");
    expect(newConsent("grant")(denied)).toMatch(/^the permission/);
    expect([newConsent("request")(denied), newConsent("external")(denied)]).toEqual([undefined, undefined]);
  });
});
