import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { identities } from "../../../local/azure/landingZone/layout";
import { bundledPage } from "../../../tools/report/build/bundle";
import { htmlDocument } from "../../../tools/report/html/document";
import { reportFrom, reviewed } from "./support/reports";
import {
  axeViolations,
  chromiumPath,
  openFile,
  secondsOfWork,
  startChromium,
  withoutChromium,
} from "./support/chromium";
import { devStackReport } from "./support/devStack";
import { owner, reader, stateOf } from "./support/exportedState";

jest.setTimeout(120_000);

const parts = bundledPage();
let directory: string;
let browser: Browser;

const inChromium = chromiumPath === undefined ? describe.skip : describe;
if (chromiumPath === undefined) console.warn(withoutChromium);

function fileOf(name: string, report: ReturnType<typeof reportFrom>): string {
  const file = join(directory, `${name}.html`);
  writeFileSync(file, htmlDocument(report, parts));
  return file;
}

inChromium("the page in Chromium", () => {
  let dev: string;
  let small: string;
  let large: string;
  let review: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "report-"));
    small = fileOf("small", reportFrom(stateOf(3)));
    large = fileOf("large", reportFrom(stateOf(100)));
    review = fileOf("review", reviewed());
    const [report, started] = await Promise.all([devStackReport(), startChromium()]);
    browser = started;
    dev = fileOf("dev", report);
  });

  afterAll(async () => {
    await browser.close();
    rmSync(directory, { recursive: true });
  });

  it("opens by its path, fetches nothing and complains of nothing, on every part", async () => {
    for (const file of [dev, large, review]) {
      const { page, fetched, told } = await openFile(browser, file);
      const tabs = page.getByRole("tab");
      for (let index = 0; index < (await tabs.count()); index += 1) {
        await tabs.nth(index).click();
        expect(await page.getByRole("tabpanel").locator("h2").innerText()).toBe(await tabs.nth(index).innerText());
      }
      expect({ file, fetched, told }).toEqual({ file, fetched: [], told: [] });
      await page.close();
    }
  });

  it("shows the dev stack's daemons, with what each reaches and who reads its secret", async () => {
    const { page } = await openFile(browser, dev);
    const rows = page.getByRole("tabpanel").locator("tbody tr");
    const told = async (): Promise<string[]> => {
      const texts = await rows.locator("th, td:nth-child(2)").allInnerTexts();
      return texts.flatMap((text, index) => (index % 2 === 0 ? [`${text}: ${texts[index + 1] ?? ""}`] : []));
    };
    await page.getByRole("option", { name: "stdaemons-reports" }).click();
    await expect(told()).resolves.toEqual([
      "Report mailer: read files",
      `${identities.deployer.objectId}: read files`,
      `${identities.consumer.objectId}: read files`,
    ]);
    await page.getByRole("option", { name: "forecast-loader-credential" }).click();
    await expect(told()).resolves.toEqual([`${identities.consumer.objectId}: read secrets`]);
    await page.close();
  });

  it("takes less than 1.5 s of work to open 100 daemons, and a file of less than 500 KB", async () => {
    const { page } = await openFile(browser, large);
    await page.locator("svg").first().waitFor();
    expect(await secondsOfWork(page)).toBeLessThan(1.5);
    expect(statSync(large).size).toBeLessThan(500_000);
    await page.close();
  });

  it("draws the way from a reader to everything of 100 daemons in less than 3 s of work", async () => {
    const { page } = await openFile(browser, large);
    await page.getByRole("option", { name: reader }).click();
    await page.getByRole("heading", { name: `${reader} reaches` }).waitFor();
    expect(await secondsOfWork(page)).toBeLessThan(3);
    await page.close();
  });

  it("narrows the map by search, by kind of access and by choice, and lights a way", async () => {
    const { page } = await openFile(browser, small);
    const boxes = page.locator(".box");
    await page.getByRole("searchbox").fill("loader-1-credential");
    await expect(boxes.count()).resolves.toBe(2);
    await page.getByRole("searchbox").fill("");
    const all = await boxes.count();
    await page.getByRole("checkbox", { name: "Ownership" }).uncheck();
    await expect(boxes.count()).resolves.toBe(all - 1);
    await page.getByRole("checkbox", { name: "Ownership" }).check();

    await page.getByRole("option", { name: "stdaemons-files-1" }).click();
    const rows = page.getByRole("tabpanel").locator("tbody tr");
    await expect(rows.locator("th").allInnerTexts()).resolves.toEqual(["Daemon loader-1", owner, reader]);
    await page.getByRole("button", { name: `Highlight the way from ${reader}` }).click();
    await expect(page.locator(".link.dim").count()).resolves.toBe(1);
    await page.getByRole("checkbox", { name: "Indirect access" }).uncheck();
    await expect(rows.locator("th").allInnerTexts()).resolves.toEqual(["Daemon loader-1"]);
    await page.close();
  });

  it("tells what the program does on a day that the slider chooses", async () => {
    const { page } = await openFile(browser, small, { hash: "#timeline" });
    const plan = page.locator(".plan li").first();
    await expect(plan.innerText()).resolves.toContain("Generation 1 is in use, until 2030-07-15.");
    const slider = page.getByRole("slider");
    const today = Number(await slider.inputValue());
    expect(Number(await slider.getAttribute("max"))).toBeGreaterThan(today + 300);
    await slider.fill(String(today + 88));
    await expect(page.locator("output").innerText()).resolves.toBe("2030-07-02, 88 days later");
    await expect(plan.innerText()).resolves.toContain(
      "Generation 2 is in use, until 2030-10-14. Generation 1 stays valid until 2030-07-15. A run on this day makes generation 2.",
    );
    await page.close();
  });

  it("is reached and worked by keyboard alone", async () => {
    const { page } = await openFile(browser, small);
    const focused = (): Promise<unknown> =>
      page.evaluate(
        "document.activeElement.getAttribute('role') || document.activeElement.type || document.activeElement.tagName",
      );
    const stops: unknown[] = [];
    for (let index = 0; index < 13; index += 1) {
      await page.keyboard.press("Tab");
      stops.push(await focused());
    }
    expect(stops.slice(0, 2)).toEqual(["tab", "search"]);
    expect(stops.filter((stop) => stop === "listbox")).toHaveLength(3);
    expect(stops.filter((stop) => stop === "group")).toHaveLength(2);
    await page.getByRole("listbox").last().focus();
    await page.keyboard.press("ArrowDown");
    await expect(page.locator(".heading h3").innerText()).resolves.toContain("is reached by");
    await page.keyboard.press("Escape");
    await expect(page.locator(".heading h3").innerText()).resolves.toBe("All access");
    await page.getByRole("tab", { name: "Access map" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("tabpanel").locator("h2").innerText()).resolves.toBe("Timeline");
    await page.close();
  });

  it("shows a preview's risks first, and who gains and loses in one picture", async () => {
    const { page } = await openFile(browser, review);
    const panel = page.getByRole("tabpanel");
    await expect(panel.locator("li").first().innerText()).resolves.toMatch(/^HIGH/);
    await expect(page.locator(".link.gains").count()).resolves.toBeGreaterThan(0);
    await page.getByRole("radio", { name: "Before" }).check();
    await expect(page.locator(".link.gains").count()).resolves.toBe(0);
    await expect(page.locator(".link").allTextContents()).resolves.toContainEqual(
      expect.stringContaining("Data Reader"),
    );
    await page.close();
  });

  it("prints every part", async () => {
    const { page } = await openFile(browser, small);
    await page.emulateMedia({ media: "print" });
    await page.locator("#panel-policies ul, #panel-policies p").first().waitFor();
    await expect(page.locator("h2:visible").allInnerTexts()).resolves.toEqual([
      "Access map",
      "Timeline",
      "Credentials",
      "Policies",
    ]);
    await page.close();
  });

  it.each([
    ["review", "light", 1280],
    ["dev stack", "dark", 390],
  ] as const)("has nothing against the %s by axe-core, in %s at %i pixels", async (name, colorScheme, width) => {
    const { page } = await openFile(browser, name === "dev stack" ? dev : review, { colorScheme, width });
    const tabs = page.getByRole("tab");
    for (let index = 0; index < (await tabs.count()); index += 1) {
      await tabs.nth(index).click();
      expect(await axeViolations(page)).toEqual([]);
    }
    await page.getByRole("tab", { name: "Access map" }).click();
    await page.getByRole("option").first().click();
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
  });

  it("would hear of axe-core what is wrong", async () => {
    const { page } = await openFile(browser, small);
    await page.evaluate("document.querySelector('h1').style.color = '#eee'");
    expect(await axeViolations(page)).toEqual([expect.stringMatching(/^color-contrast: <h1/)]);
    await page.close();
  });
});
