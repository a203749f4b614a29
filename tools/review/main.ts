import { review } from "./commandLine";
import { productionPreview } from "./production/productionPreview";

void review(process.argv.slice(2), productionPreview).then((code) => {
  process.exitCode = code;
});
