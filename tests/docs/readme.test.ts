import { read } from "./pages";

const readme = read("README.md");

describe("README.md", () => {
  it("is read in three minutes: at most 200 lines and 10 KB", () => {
    expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(200);
    expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(10_240);
  });

  it("names Entra ID by its old abbreviation once, for those who search for it", () => {
    expect(readme.match(/\bAAD\b/g)).toEqual(["AAD"]);
  });
});
