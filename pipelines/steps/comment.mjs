import { readFileSync } from "node:fs";
import { required, stackName } from "./markdown.mjs";
import { everyPage, fitting, rest, step } from "./rest.mjs";

const [file] = process.argv.slice(2);
const marker = `<!-- azure-daemon-access preview of ${stackName()} -->`;
const text = `${marker}\n${readFileSync(file, "utf8")}`;

await step(process.env.TF_BUILD ? onAzureDevOps : onGitHub);

async function onGitHub() {
  const token = required("GITHUB_TOKEN", "${{ github.token }}");
  const api = required("GITHUB_API_URL", "the address of GitHub's REST API");
  const repository = required("GITHUB_REPOSITORY", "the repository, as owner/name");
  const number = required("PULL_REQUEST", "${{ github.event.pull_request.number }}");
  const issues = `${api}/repos/${repository}/issues`;
  const body = fitting(text, 65_000);

  const comments = await everyPage({ url: `${issues}/${number}/comments`, token });
  const ours = comments.find(({ body: given, user }) => user?.type === "Bot" && given?.startsWith(marker));
  if (ours) {
    await rest({ method: "PATCH", url: `${issues}/comments/${ours.id}`, token, body: { body } });
  } else {
    await rest({ method: "POST", url: `${issues}/${number}/comments`, token, body: { body } });
  }
  console.log(`${ours ? "Updated" : "Wrote"} the comment on pull request ${number}.`);
}

async function onAzureDevOps() {
  const token = required("SYSTEM_ACCESSTOKEN", "$(System.AccessToken)");
  const collection = required("SYSTEM_COLLECTIONURI", "the address of the organization");
  const project = required("SYSTEM_TEAMPROJECT", "the name of the project");
  const repository = required("BUILD_REPOSITORY_ID", "the ID of the repository");
  const number = required("SYSTEM_PULLREQUEST_PULLREQUESTID", "the number of the pull request");
  const pullRequest = `${collection}${encodeURIComponent(project)}/_apis/git/repositories/${repository}/pullRequests/${number}`;
  const version = "api-version=7.1";
  const content = fitting(text, 145_000);

  const { value: threads } = await rest({ url: `${pullRequest}/threads?${version}`, token });
  const [ours] = threads
    .filter(({ isDeleted }) => !isDeleted)
    .flatMap(({ id, comments }) => comments.map((comment) => ({ thread: id, comment })))
    .filter(({ comment }) => !comment.isDeleted && comment.content?.startsWith(marker));
  if (ours) {
    const url = `${pullRequest}/threads/${ours.thread}/comments/${ours.comment.id}?${version}`;
    await rest({ method: "PATCH", url, token, body: { content } });
  } else {
    // A closed thread, so that a branch policy on unresolved comments doesn't wait for it.
    const body = { comments: [{ parentCommentId: 0, commentType: "text", content }], status: "closed" };
    await rest({ method: "POST", url: `${pullRequest}/threads?${version}`, token, body });
  }
  console.log(`${ours ? "Updated" : "Wrote"} the comment on pull request ${number}.`);
}
