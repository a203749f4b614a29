import { soaking } from "../../support/soak";
import { crashTests } from "./support/crashTests";

crashTests(
  {
    localAzure: { up: [/^PUT .*\/vaults\/[^/]+$/], rotation: [/\/addPassword$/] },
    both: { up: [/^POST .*\/servicePrincipals$/], destroy: [/^DELETE .*\/applications\/[^/]+$/] },
  },
  soaking,
);
