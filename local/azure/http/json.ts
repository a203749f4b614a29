/** .NET's readers of JSON, which Azure's services stand on, go no deeper by themselves. */
const maxDepth = 64;

const quote = 34;
const backslash = 92;
const openings = [91, 123];
const closings = [93, 125];

/**
 * Parses JSON that is not nested too deeply for whoever walks through it.
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) {
    throw new SyntaxError(`The JSON is nested more than ${maxDepth} levels deep.`);
  }
  return JSON.parse(text) as unknown;
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isText) {
      if (code === backslash) at += 1;
      else if (code === quote) isText = false;
    } else if (code === quote) {
      isText = true;
    } else if (openings.includes(code)) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (closings.includes(code)) {
      depth -= 1;
    }
  }
  return false;
}
