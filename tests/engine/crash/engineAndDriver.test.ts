import { soaking } from "../../support/soak";
import { crashTests } from "./support/crashTests";

crashTests(
  {
    engine: { rotation: [/^PUT .*\/secrets\/[^/]+$/] },
    driver: { destroy: [/^DELETE .*\/applications\/[^/]+$/] },
  },
  soaking,
);
