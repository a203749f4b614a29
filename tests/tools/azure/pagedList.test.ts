import { PagedList } from "../../../tools/azure/pagedList";

/** Reads a list of these pages to its end, and gives the addresses that were asked for. */
function read(list: PagedList, pages: Readonly<Record<string, unknown>>): string[] {
  const asked: string[] = [];
  while (list.next !== undefined) {
    asked.push(list.next);
    list.take(pages[list.next]);
  }
  return asked;
}

it("goes on to the next page as Azure Resource Manager and Microsoft Graph name it", () => {
  const list = new PagedList("/1");
  const asked = read(list, {
    "/1": { value: [1, 2], nextLink: "/2" },
    "/2": { value: [], "@odata.nextLink": "/3" },
    "/3": { value: [3], nextLink: null },
  });
  expect({ asked, entries: list.entries, problem: list.problem }).toEqual({
    asked: ["/1", "/2", "/3"],
    entries: [1, 2, 3],
    problem: undefined,
  });
});

it("asks for no page twice", () => {
  const list = new PagedList("/1");
  const asked = read(list, { "/1": { value: [1], nextLink: "/2" }, "/2": { value: [2], nextLink: "/1" } });
  expect([asked, list.problem?.code]).toEqual([["/1", "/2"], "RepeatedPage"]);
});

it.each([[undefined], [null], ["<html>"], [{}], [{ value: "one" }]])("does not take %j for an empty list", (body) => {
  const list = new PagedList("/1");
  read(list, { "/1": body });
  expect(list.problem).toEqual({ code: "NoList", message: "The service's answer is not a list." });
});
