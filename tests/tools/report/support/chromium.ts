import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

/** Where Debian's package, and others, put it. */
const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The machine's Chromium; undefined where it has none. */
export const chromiumPath: string | undefined = [process.env["CHROMIUM"] ?? "", ...places].find(
  (path) => path !== "" && existsSync(path),
);

/** Why the tests in a browser are left out; told once, so that nobody takes silence for success. */
export const withoutChromium =
  "No Chromium on this machine: the tests of the page are left out. apt-get install chromium";

/** Starts it so that it asks nobody for anything by itself. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

/** A page that a test watches. */
export interface Watched {
  readonly page: Page;
  /** Addresses that were asked for, besides the file itself. */
  readonly fetched: string[];
  /** What the console or an error said. */
  readonly told: string[];
}

/** The one context of a browser: another would have a window of its own, for which Chromium starts more processes. */
async function contextOf(browser: Browser): Promise<BrowserContext> {
  const [known] = browser.contexts();
  if (known !== undefined) return known;
  const context = await browser.newContext();
  // Keeps the window open between the pages of the tests.
  await context.newPage();
  return context;
}

/** Opens a file as a person does: by its path. */
export async function openFile(
  browser: Browser,
  file: string,
  {
    width = 1280,
    colorScheme = "light",
    hash = "",
  }: { width?: number; colorScheme?: "light" | "dark"; hash?: string } = {},
): Promise<Watched> {
  const page = await (await contextOf(browser)).newPage();
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  const fetched: string[] = [];
  const told: string[] = [];
  const address = `file://${file}`;
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address) fetched.push(request.url());
  });
  page.on("console", (message) => told.push(message.text()));
  page.on("pageerror", ({ message }) => told.push(message));
  await page.goto(`${address}${hash}`);
  return { page, fetched, told };
}

/** Seconds that the page's thread has worked since it was opened: what waits for another process does not count. */
export async function secondsOfWork(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  await session.detach();
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
}

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What axe-core has to say against a page, by rule. It runs beside the page's own scripts, which its policy would refuse. */
export async function axeViolations(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const axe = join(__dirname, "..", "..", "..", "..", "node_modules", "axe-core", "axe.min.js");
  const run = `${readFileSync(axe, "utf8")};axe.run(document, { runOnly: ["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"] }).then((r) => JSON.stringify({ violations: r.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })) }))`;
  const { result } = await session.send("Runtime.evaluate", {
    expression: run,
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  const { violations } = JSON.parse(String(result.value)) as AxeResult;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
