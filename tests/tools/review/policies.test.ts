import { policyResults } from "../../../tools/review/preview/policies";
import { vault } from "./support/daemon";
import { policyEvent, urnOf } from "./support/events";

const kv = vault();
const about = { name: "kv-daemons", type: "azure-native.keyvault.Vault", urn: urnOf(kv) };

describe("what the policies say", () => {
  it("is told by its level, with what to do", () => {
    const events = [
      policyEvent("vault-rbac", "A key vault takes its rights from roles\nit is off. Fix: set it.", kv, "mandatory"),
      policyEvent("vault-audit-log", "A key vault's audit log is kept\nnone is. Fix: add one.", kv),
    ];
    expect(policyResults(events)).toMatchObject({
      mandatory: [
        {
          rule: "vault-rbac",
          resource: about,
          title: "A key vault takes its rights from roles",
          message: "it is off. Fix: set it.",
        },
      ],
      advisory: [{ rule: "vault-audit-log", resource: about, message: "none is. Fix: add one." }],
      waived: [],
    });
  });

  it("names the setting alone, where the reader writes settings and no resources", () => {
    const message = "It is kept\nnone is. Fix: set the option. In a stack of azure-daemon-access: vault.protect.";
    const told = (inSettings: boolean): string[] =>
      policyResults([policyEvent("vault-protected", message, kv)], inSettings).advisory.map((each) => each.message);
    expect(told(true)).toEqual(["none is. Fix: set vault.protect."]);
    expect(told(false)).toEqual(["none is. Fix: set the option. In a stack of azure-daemon-access: vault.protect."]);
  });

  it("is told apart where it is waived, with the reason and the end", () => {
    const message = "It is so\nWaived until 2031-01-31: the old loader needs it. it is off. Fix: set it.";
    expect(policyResults([policyEvent("vault-rbac", message, kv)])).toMatchObject({
      advisory: [],
      waived: [
        {
          rule: "vault-rbac",
          until: "2031-01-31",
          reason: "the old loader needs it",
          message: "it is off. Fix: set it.",
        },
      ],
    });
  });

  it("is told apart where a pending value kept a rule from judging", () => {
    const message = "can't run policy 'vault-rbac' during preview: string value at .x can't be known during preview";
    expect(policyResults([policyEvent("vault-rbac", message, kv)])).toMatchObject({
      advisory: [],
      undecided: [{ rule: "vault-rbac", resource: about }],
    });
  });

  it("counts each rule that was asked once, and tells what a rule has fixed", () => {
    const asked = (passed: string[], failed: string[]) => ({
      sequence: 0,
      timestamp: 0,
      policyAnalyzeSummaryEvent: { resourceUrn: urnOf(kv), passed, failed },
    });
    const fixed = {
      sequence: 0,
      timestamp: 0,
      policyRemediationEvent: { policyName: "storage-tls-version", resourceUrn: urnOf(kv) },
    };
    expect(policyResults([asked(["one", "two"], ["three"]), asked(["one", "two", "three"], []), fixed])).toMatchObject({
      rules: 3,
      fixed: [{ rule: "storage-tls-version", resource: "kv-daemons" }],
    });
  });
});
