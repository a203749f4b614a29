import { namedLine } from "../../components/checks/inputNames";
import { nameAsSettings } from "../../infra/settingNames";

beforeEach(() => {
  nameAsSettings("DataLake", "stdaemons", "lake", { fileSystems: "fileSystem" });
});

describe("a component's late refusal", () => {
  it.each([
    ["accountName: got st", "azure-daemon-access:lake.accountName: got st"],
    [
      "allowedIpRanges[0]: got 10.0.0.0/8,\nor more",
      "azure-daemon-access:lake.allowedIpRanges[0]: got 10.0.0.0/8,\nor more",
    ],
    ["fileSystems[1]: got x", "azure-daemon-access:lake.fileSystem[1]: got x"],
    ["location: got mars", "azure-daemon-access:location: got mars"],
    ["tags.owner: got nothing", "azure-daemon-access:tags.owner: got nothing"],
    ["locations: got two", "azure-daemon-access:lake.locations: got two"],
  ])("names the setting: %s", (line, named) => {
    expect(namedLine("DataLake", "stdaemons", line)).toBe(named);
  });

  it("of another component keeps its inputs' names", () => {
    expect(namedLine("DataLake", "other", "accountName: got st")).toBe("accountName: got st");
  });
});
