import { daysBetween, fromUnixSeconds } from "../../rule/dates";
import { vaultSecret } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { asOf, wholeNumber } from "../../rule/settings";

const settings = {
  maximumDays: wholeNumber(180, "The longest life of a secret, in days."),
  asOf,
};

export const secretLifetime = rule({
  name: "secret-lifetime",
  on: vaultSecret,
  what: "A secret in a key vault lives no longer than it may",
  why: "The shorter it lives, the less a copy of it is worth.",
  fix: "set properties.attributes.expires to an earlier date",
  source: [
    "Azure Policy 342e8053-e12e-4c44-be01-c3c2f318400f",
    "Azure Policy e8d99835-8a06-45ae-a8e0-87a91941ccfe",
    "MS.AAD.5.6v1",
  ],
  severity: "high",
  level: "mandatory",
  settings,
  check(secret, report, { maximumDays, asOf }) {
    const expires = fromUnixSeconds(secret.number("properties.attributes.expires"));
    if (expires === undefined) return;
    const from = fromUnixSeconds(secret.number("properties.attributes.notBefore")) ?? asOf;
    const days = Math.ceil(daysBetween(from, expires));
    if (days > maximumDays) report(`it lives ${days} days, and ${maximumDays} are allowed`);
  },
});
