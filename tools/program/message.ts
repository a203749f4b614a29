/** What the SDK puts before an error on its way through a resource's inputs, once for each level. */
const onItsWay = /^(?:error serializing property "[^"]*": )+/;
/** What a language host puts before an error that nothing caught. */
const unhandled = /^(?:Unhandled exception: |Running program '[^']*' failed with an unhandled exception:\s*)/;
/** How Node.js shows an error that refers to itself, and the error's class. */
const shownByNode = /^(?:<ref \*\d+> )?(?:Uncaught )?(?:[A-Z]\w*)?Error(?: \[\w+\])?: /;
const stackLine = /^\s+at .*[(:]/;
// eslint-disable-next-line no-control-regex -- colours are control characters
const colours = /\u001b\[[\d;]*m/g;

/** What a program threw or rejected, in its own words. */
export function errorMessage(error: unknown): string {
  const said = typeof error === "object" && error !== null && "message" in error ? error.message : error;
  if (typeof said !== "string") return `The program rejected with a value that is not an Error (${typeof error}).`;
  const message = said.replace(onItsWay, "").trim();
  return message === "" ? "The program failed with an error that has no message." : message;
}

/** A program's error as a language host has told it: without where it was thrown, and what else the object holds. */
export function toldMessage(text: string): string {
  const plain = text.replaceAll(colours, "");
  if (!unhandled.test(plain)) return withoutStack(plain);
  const [message = ""] = plain
    .replace(unhandled, "")
    .replace(shownByNode, "")
    .split(/\n\s+at /);
  return message.replace(onItsWay, "").trim();
}

const withoutStack = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !stackLine.test(line))
    .join("\n")
    .trim();
