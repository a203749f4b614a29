import { soaking } from "../../support/soak";
import { crashTests } from "./support/crashTests";

crashTests(
  {
    engine: { rotation: [/^PUT .*\/secrets\/[^/]+$/] },
    driver: {
      adoption: [/^GET .*\/vaults\/[^/]+$/],
      destroy: [/^DELETE .*\/applications\/[^/]+$/],
    },
  },
  soaking,
);
