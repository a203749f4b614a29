import { Patience } from "../../../tools/verify/patience";
import { newConsent, newCredential, newRole, newSecret } from "../../../tools/verify/replication";
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

describe("what a new credential waits for", () => {
  it.each(["AADSTS7000215", "AADSTS700027", "AADSTS700016", "AADSTS7000229", "AADSTS700213", "AADSTS700211"])(
    "%s, while it is new",
    (code) => {
      const now = new Date("2030-01-01T00:10:00Z");
      expect(newCredential(new Date("2030-01-01T00:00:00Z"), now)(failure(code))).toMatch(/^the new /);
      expect(newCredential(new Date("2029-12-31T23:00:00Z"), now)(failure(code))).toBeUndefined();
    },
  );

  it("a token that lacks a permission, where the stack grants it", () => {
    expect(newConsent("grant")(failure("PermissionMissing"))).toMatch(/^the permission just granted/);
    expect(newConsent("request")(failure("PermissionMissing"))).toBeUndefined();
  });
});

describe("a read of a secret that a stack names", () => {
  it("waits for the vault's name, and ten seconds for the secret itself", () => {
    let now = 0;
    const replication = newSecret("dev", () => now);
    expect(replication(failure("ENOTFOUND"))).toBe("the new vault's name to reach DNS");
    expect(replication({ code: "RestError", message: "HTTP 502", status: 502 })).toBe(
      "the new vault's name to reach DNS",
    );
    now = 60_000;
    expect(replication(failure("SecretNotFound"))).toBe("the new secret to reach every server of the vault");
    now = 70_000;
    expect(replication(failure("SecretNotFound"))).toBeUndefined();
  });

  it("waits for neither where whoever runs verify named them", () => {
    const replication = newSecret(undefined);
    expect([replication(failure("ENOTFOUND")), replication(failure("SecretNotFound"))]).toEqual([undefined, undefined]);
  });
});
