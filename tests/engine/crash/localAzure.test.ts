import { soaking } from "../../support/soak";
import { crashTests } from "./support/crashTests";

crashTests(
  {
    localAzure: { rotation: [/\/addPassword$/] },
    both: { up: [/^POST .*\/servicePrincipals$/] },
  },
  soaking,
);
