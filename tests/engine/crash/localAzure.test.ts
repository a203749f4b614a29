import { soaking } from "../../support/soak";
import { crashTests } from "./support/crashTests";

crashTests(
  {
    localAzure: {},
    both: { up: [/^POST .*\/servicePrincipals$/] },
  },
  soaking,
);
