import { applicationCertificate } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const certificateRelativeEndDate = rule({
  name: "certificate-no-relative-end-date",
  on: applicationCertificate,
  what: "A certificate's end is not given as a duration",
  why: "With a startDate the provider reads the duration as a date, and fails in the middle of the deployment.",
  fix: "set endDate and leave endDateRelative out",
  source: [],
  severity: "medium",
  level: "mandatory",
  check(certificate, report) {
    if (certificate.has("endDateRelative")) report("endDateRelative is set");
  },
});
