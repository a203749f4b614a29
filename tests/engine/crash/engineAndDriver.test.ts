import { soaking } from "../../support/soak";
import { crashTests } from "./support/crashTests";

crashTests(
  {
    engine: { rotation: [/^PUT .*\/secrets\/[^/]+$/], destroy: [/^DELETE .*\/vaults\/[^/]+$/] },
    driver: {
      up: [/^PUT .*\/storageAccounts\/[^/]+$/],
      adoption: [/^GET .*\/vaults\/[^/]+$/],
      destroy: [/^DELETE .*\/applications\/[^/]+$/],
    },
  },
  soaking,
);
