import type { EngineOutput } from "./engineProcess";

/**
 * Why a pulumi command failed: the errors of the document that it prints with `--json`; else what follows "error:" in what it
 * printed; else its last line. Nothing else of a document is told, whole or cut off: it may hold secrets.
 */
export function reasonIn({ stdout, stderr }: Pick<EngineOutput, "stdout" | "stderr">): string {
  const isDocument = /^\s*[[{]/.test(stdout);
  const errors = isDocument ? errorsIn(stdout) : [];
  if (errors.length > 0) return errors.join("\n");
  const text = (isDocument ? stderr : `${stdout}\n${stderr}`).trim();
  const mark = text.indexOf("error: ");
  if (mark !== -1) return text.slice(mark + "error: ".length).trim();
  return text.split("\n").pop() || "it gave no reason";
}

function errorsIn(document: string): string[] {
  try {
    const { diagnostics = [] } = JSON.parse(document) as { diagnostics?: { severity: string; message: string }[] };
    return diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
  } catch {
    return [];
  }
}
