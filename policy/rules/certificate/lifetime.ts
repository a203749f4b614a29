import { absoluteDate, daysBetween } from "../../rule/dates";
import { applicationCertificate } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { asOf, wholeNumber } from "../../rule/settings";

const settings = { maximumDays: wholeNumber(365, "The longest life of a certificate, in days."), asOf };

export const certificateLifetime = rule({
  name: "certificate-lifetime",
  on: applicationCertificate,
  what: "A certificate has an end date, and lives no longer than it may",
  why: "A key that was copied works until the certificate ends.",
  fix: "set endDate to a date within the limit, and rotate",
  source: ["MS.AAD.5.7v1"],
  severity: "high",
  level: "mandatory",
  settings,
  check(certificate, report, { maximumDays, asOf }) {
    if (!certificate.has("endDate")) {
      report("endDate is not set");
      return;
    }
    const end = absoluteDate(certificate.text("endDate"));
    if (end === undefined) {
      report(`endDate is "${certificate.text("endDate") ?? ""}"`);
      return;
    }
    const days = Math.ceil(daysBetween(absoluteDate(certificate.text("startDate")) ?? asOf, end));
    if (days > maximumDays) report(`it lives ${days} days, and ${maximumDays} are allowed`);
  },
});
