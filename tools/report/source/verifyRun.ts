import { readFileSync } from "node:fs";
import { z } from "zod";
import { UsageError } from "../../cli/failure";
import type { AccessReport } from "../model/schema";

const runSchema = z.object({
  vault: z.string(),
  checks: z.array(
    z.object({
      daemon: z.string().nullable(),
      what: z.string(),
      result: z.enum(["passed", "waiting", "failed", "skipped"]),
      detail: z.string().optional(),
      reason: z.object({ code: z.string(), message: z.string(), status: z.number().optional() }).optional(),
      remedy: z.string().optional(),
    }),
  ),
});

/** Reads what `daemon-access verify --json` printed. @throws UsageError where it is none of that */
export function readVerifyRun(path: string): NonNullable<AccessReport["verify"]> {
  const parsed = runSchema.safeParse(documentAt(path));
  if (!parsed.success) {
    throw new UsageError(
      `--verify-file: ${path} is not what \`daemon-access verify --json\` prints. Write it to a file first.`,
    );
  }
  const { vault, checks } = parsed.data;
  return {
    vault,
    checks: checks.map(({ reason, ...check }) => ({
      ...check,
      ...(reason && { reason: `${reason.status ?? ""} ${reason.code}: ${reason.message}`.trim() }),
    })),
  };
}

function documentAt(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
