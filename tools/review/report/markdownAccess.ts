import { code, folded, plain, table } from "./markdownText";
import type { Report } from "./schema";

const marks = { gains: "➕", loses: "➖", changes: "🔁" } as const;

/** Who gains or loses what: the part that a reviewer approves. */
export function accessSection({ access: { changes } }: Report): string {
  const head = "### Who gains or loses what access";
  if (changes.length === 0) return `${head}\n\nNobody.`;
  const rows = changes.map(({ direction, text, weight }) => [
    `${marks[direction]} ${direction}`,
    `${plain(text)}${weight === "ordinary" ? "" : ` **${weight}**`}`,
  ]);
  return `${head}\n\n${table(["", "access"], rows)}`;
}

export function consentSection({ access: { consent } }: Report): string {
  if (consent.length === 0) return "";
  const list = (permissions: readonly string[]): string => permissions.map(code).join(", ");
  const rows = consent.map(({ application, granted, awaiting }) => [
    code(application.name),
    list(granted),
    list(awaiting),
  ]);
  const body = table(["application", "granted by the program", "an administrator's consent decides"], rows);
  return folded("Graph permissions after this change", body);
}

export function readersSection({ access: { secretReaders } }: Report): string {
  if (secretReaders.length === 0) return "";
  const rows = secretReaders.map(({ secret, readers }) => [
    `${plain(secret.kind)} ${code(secret.name)}`,
    readers.map(({ name, kind }) => `${plain(kind)} ${code(name)}`).join(", "),
  ]);
  return folded("Readers of secrets after this change", table(["secret", "readers"], rows));
}
