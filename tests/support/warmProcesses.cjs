const { fork } = require("node:child_process");
const { dirname } = require("node:path");

const program = require.resolve("./warmProcess.mjs");
const root = dirname(require.resolve("../../package.json"));

/** Of this worker of Jest, beyond each of its test files: processes by what they were started with. */
const running = new Map();

/**
 * The process that was started with these, or a new one. It keeps nothing that belongs to a test file, and lets the worker end.
 *
 * @param {string} file of a command line, from the repository's root; it exports `main`
 * @param {string} start its variables, as JSON
 */
module.exports = function warmProcess(file, start) {
  const key = `${file} ${start}`;
  const found = running.get(key);
  if (found !== undefined) return found;
  const child = fork(program, [file], {
    cwd: root,
    env: JSON.parse(start),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    execArgv: [],
  });
  for (const handle of [child, child.channel, child.stdout, child.stderr]) handle.unref();
  const process = { child, isBusy: false };
  running.set(key, process);
  const forget = () => {
    if (running.get(key) === process) running.delete(key);
  };
  child.once("exit", forget);
  child.once("disconnect", forget);
  return process;
};
