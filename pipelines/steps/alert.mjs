import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { required, stackName } from "./markdown.mjs";
import { everyPage, fitting, rest, step } from "./rest.mjs";

const [directory, ...results] = process.argv.slice(2);
const marker = `<!-- azure-daemon-access night of ${stackName()} -->`;
const drift = process.env.DRIFT === "true";
const failed = results
  .map((given) => given.split("="))
  .filter(([, result]) => !["success", "Succeeded"].includes(result));

if (!drift && failed.length === 0) {
  console.log("Nothing to tell: no drift, and nothing failed.");
} else {
  await step(process.env.TF_BUILD ? onAzureDevOps : onGitHub);
}

function title() {
  const what = [drift ? "drift" : "", ...failed.map(([name, result]) => `${name} ${result || "did not run"}`)];
  return `Stack ${stackName()}: ${what.filter((each) => each !== "").join(", ")}`;
}

function text(run) {
  const found = join(directory, "drift.md");
  const summary = drift && existsSync(found) ? `\n\n${readFileSync(found, "utf8")}` : "";
  return fitting(
    `${marker}\nThe run: ${run}${summary}\n\nWhat to do: docs/how-to/pipelines.md, "When it alerts".\n`,
    65_000,
  );
}

async function onGitHub() {
  const token = required("GITHUB_TOKEN", "${{ github.token }}");
  const api = required("GITHUB_API_URL", "the address of GitHub's REST API");
  const repository = required("GITHUB_REPOSITORY", "the repository, as owner/name");
  const server = required("GITHUB_SERVER_URL", "the address of GitHub");
  const run = required("GITHUB_RUN_ID", "the ID of the run");
  const issues = `${api}/repos/${repository}/issues`;
  const body = { title: title(), body: text(`${server}/${repository}/actions/runs/${run}`) };

  const open = await everyPage({
    url: `${issues}?state=open&creator=${encodeURIComponent("github-actions[bot]")}`,
    token,
  });
  const ours = open.find(({ body: given }) => given?.startsWith(marker));
  if (ours) {
    await rest({ method: "PATCH", url: `${issues}/${ours.number}`, token, body });
  } else {
    await rest({ method: "POST", url: issues, token, body });
  }
  console.log(`${ours ? "Updated" : "Raised"} the issue: ${body.title}`);
}

/** Azure DevOps tells the people who subscribed to failed runs. */
async function onAzureDevOps() {
  console.log(`##vso[task.logissue type=error]${title()}`);
  process.exitCode = 1;
}
