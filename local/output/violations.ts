import type { PolicyEvent } from "@pulumi/pulumi/automation";
import { nameInUrn } from "../../tools/engine/urns";
import { resourceType } from "./resourceType";

/** What a policy has found. */
export interface Violation {
  /** Name of the policy, "vault-firewall". */
  readonly rule: string;
  /** A mandatory one stops the run. */
  readonly level: "mandatory" | "advisory";
  /** The last day that a waiver lets the finding stay, "2030-01-31"; undefined where none does. */
  readonly waivedUntil?: string;
  /** What must hold, in the rule's words. */
  readonly what: string;
  /** What is wrong; of a waived finding also why it may be, and until when. */
  readonly reason: string;
  /** What to do about it; undefined where the rule names nothing. */
  readonly fix?: string;
  /** The resource, as "azure-native.keyvault.Vault"; undefined where it is about the whole stack. */
  readonly type?: string;
  readonly name?: string;
}

/** Reads the engine's event: the rule's sentence on the first line, then what is wrong and how to fix it. */
export function violationIn({ policyName, enforcementLevel, message, resourceUrn = "" }: PolicyEvent): Violation {
  const [what = "", ...rest] = plain(message).split("\n");
  const finding = rest.join(" ").trim();
  const [, reason = finding, fix] = /^(.*?)\.? Fix: (.*)$/s.exec(finding) ?? [];
  const type = resourceType(resourceUrn);
  const [, waivedUntil] = /^Waived until (\d{4}-\d{2}-\d{2}): /.exec(finding) ?? [];
  return {
    rule: policyName,
    level: enforcementLevel === "mandatory" ? "mandatory" : "advisory",
    ...(waivedUntil === undefined ? {} : { waivedUntil }),
    what,
    reason: reason === "" ? what : reason,
    ...(fix === undefined ? {} : { fix }),
    ...(type === undefined ? {} : { type, name: nameInUrn(resourceUrn) }),
  };
}

/** Without the engine's marks for colours. */
export const plain = (text: string): string => text.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
