import { reasonIn } from "../../../tools/engine/reason";

const document = (...errors: string[]): string =>
  JSON.stringify({ diagnostics: errors.map((message) => ({ severity: "error", message: `${message}\n` })) });

it.each([
  [
    "what follows error:",
    { stdout: "", stderr: "warning: an old version\nerror: no stack named 'dev'\n" },
    "no stack named 'dev'",
  ],
  [
    "more than a line of it",
    { stdout: "Diagnostics:\n  error: it fails\n  at once\n", stderr: "" },
    "it fails\n  at once",
  ],
  [
    "the errors of a document",
    { stdout: document("it fails", "so does this"), stderr: "a word\n" },
    "it fails\nso does this",
  ],
  [
    "beside a document without errors, its words",
    { stdout: document(), stderr: "error: the backend\n" },
    "the backend",
  ],
  ["nothing of a document that is cut off", { stdout: '{\n"password": "S3cret', stderr: "" }, "it gave no reason"],
  ["the last line", { stdout: "one\ntwo\n", stderr: "" }, "two"],
  ["nothing", { stdout: "", stderr: "" }, "it gave no reason"],
])("tells %s", (_name, output, reason) => {
  expect(reasonIn(output)).toBe(reason);
});
