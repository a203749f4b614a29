import { once } from "node:events";
import { openOwnAzure } from "../session/azureSession";
import { stateInUse } from "../session/holder";
import { noteServe, runningServe } from "../session/serveFile";
import { exitCodes, UserError, type ExitCode } from "../userError";
import type { CommandContext } from "./command";
import { localCommand, quietLocalCommand } from "../invocation";

/** `npm run local -- serve`: local Azure in the foreground until it is interrupted. */
export async function serve(
  { console, state, clock, conditions }: CommandContext,
  port: number,
  issuers: Readonly<Record<string, string>> = {},
  control?: number,
): Promise<ExitCode> {
  if (clock) {
    throw new UserError(
      "--at: serve keeps the system's time, as the tools do that use it. Give --at to preview, up, verify or deploy, while serve does not run.",
      exitCodes.usage,
    );
  }
  if ((await runningServe(state)) !== undefined) {
    throw stateInUse(state);
  }
  const stop = asked();
  const { azure, close } = await openServed();
  const forget = noteServe(state, azure);
  try {
    if (console.json) {
      const { proxyUrl, caFile, control: address } = azure;
      console.document({ proxyUrl, caFile, pid: process.pid, ...(address && { control: address }) });
    } else {
      console.line(
        `Local Azure is ready at ${azure.proxyUrl} (CA: ${azure.caFile}). ` +
          `In another shell: eval "$(${quietLocalCommand("env --as consumer")})". Ctrl-C ends it.`,
      );
      if (azure.control)
        console.line(`Its control address is ${azure.control.url} (token: ${azure.control.tokenFile}).`);
    }
    if (!stop.aborted) {
      await once(stop, "abort");
    }
    return exitCodes.ok;
  } finally {
    forget();
    await close();
  }

  async function openServed(): ReturnType<typeof openOwnAzure> {
    try {
      return await openOwnAzure(state, "serve", port, { issuers, conditions, control, console });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") {
        throw error;
      }
      throw new UserError(
        `Port ${port} on 127.0.0.1 is in use. Choose another one: ${localCommand(`serve --port ${port + 1}`)}`,
      );
    }
  }
}

const parentCheckMs = 250;

/**
 * Aborted when someone asks for the end: by a signal, or by one to the npm that started this, which dies of SIGHUP
 * without passing it on. A job in the background of a script has SIGINT ignored from the start; a handler undoes that.
 */
function asked(): AbortSignal {
  const stop = new AbortController();
  const end = (): void => {
    stop.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  if (process.env["npm_lifecycle_event"] === "local") {
    const parent = process.ppid;
    const check = setInterval(() => {
      if (process.ppid !== parent) end();
    }, parentCheckMs).unref();
    stop.signal.addEventListener("abort", () => {
      clearInterval(check);
    });
  }
  return stop.signal;
}
