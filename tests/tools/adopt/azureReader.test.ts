import { AzureReader } from "../../../tools/adopt/azureReader";

const answering = (pages: Readonly<Record<string, object>>): AzureReader =>
  new AzureReader((_service, url) => {
    const page = pages[new URL(url).pathname.replace("/v1.0", "")];
    return Promise.resolve({ status: page === undefined ? 404 : 200, body: JSON.stringify(page) });
  });
const linkTo = (path: string): object => ({ "@odata.nextLink": `https://graph.microsoft.com/v1.0${path}` });

describe("a list", () => {
  it("is read page by page", async () => {
    const reader = answering({ "/users": { value: [1], ...linkTo("/more") }, "/more": { value: [2] } });
    expect(await reader.graphList("/users")).toEqual([1, 2]);
  });

  it("is empty where there is none", async () => {
    expect(await answering({}).graphList("/users")).toEqual([]);
  });

  it("is refused where a page leads back to one before", async () => {
    const reader = answering({ "/users": { value: [1], ...linkTo("/users") } });
    await expect(reader.graphList("/users")).rejects.toThrow(
      "GET https://graph.microsoft.com/v1.0/users: The service's list repeats a page, so it can't be read to the end.",
    );
  });
});
