/** Why a list can't be read to the end. */
export interface ListProblem {
  readonly code: "RepeatedPage" | "NoList";
  readonly message: string;
}

interface Page {
  readonly value: readonly unknown[];
  readonly nextLink?: string | null;
  readonly "@odata.nextLink"?: string;
}

/**
 * A list of Microsoft Graph or Azure Resource Manager, read page by page. Whoever reads it asks for {@link next} and hands the
 * answer to {@link take}, until there is no next one.
 */
export class PagedList {
  readonly entries: unknown[] = [];
  private readonly asked = new Set<string>();
  private found: ListProblem | undefined;

  /** @param address of the first page */
  constructor(private address: string | undefined) {}

  /** The address to ask for; undefined after the last page, and where there is a problem. */
  get next(): string | undefined {
    return this.address;
  }

  get problem(): ListProblem | undefined {
    return this.found;
  }

  /** @param page the body of the service's answer */
  take(page: unknown): void {
    if (this.address !== undefined) this.asked.add(this.address);
    this.address = undefined;
    if (!isPage(page)) {
      this.found = { code: "NoList", message: "The service's answer is not a list." };
      return;
    }
    this.entries.push(...page.value);
    const next = page.nextLink ?? page["@odata.nextLink"];
    if (next !== undefined && this.asked.has(next)) {
      this.found = {
        code: "RepeatedPage",
        message: "The service's list repeats a page, so it can't be read to the end.",
      };
      return;
    }
    this.address = next;
  }
}

const isPage = (body: unknown): body is Page =>
  typeof body === "object" && body !== null && "value" in body && Array.isArray(body.value);
