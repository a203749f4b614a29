import { application } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const blocks = ["web", "singlePageApplication", "publicClient"];
const safe = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/i;

export const applicationRedirectUris = rule({
  name: "application-redirect-uris",
  on: application,
  what: "An application's redirect URIs are encrypted, and exact",
  why: "Anyone who controls the address that a token is sent to gets the token.",
  fix: "use https, or http on the local machine only, and no wildcard",
  source: [],
  severity: "high",
  level: "mandatory",
  check(application, report) {
    for (const block of blocks)
      for (const uri of application.texts(`${block}.redirectUris`))
        if (uri.includes("*") || !safe.test(uri)) report(`${block}.redirectUris has ${uri}`);
  },
});
