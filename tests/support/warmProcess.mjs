import { loadTypeScript } from "../../local/install/bootstrap.mjs";

/**
 * A command line in a process that outlives its commands: each is run as its `start.mjs` runs it, with what the ones before
 * have loaded. Its parent sends the arguments and the environment, and hears the exit code; a marker closes what a command
 * has written, its own children's output included.
 */
const { main } = loadTypeScript(process.argv[2]);
const directory = process.cwd();

function setEnvironment(variables) {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, variables);
}

process.on("message", async ({ args, env, marker }) => {
  setEnvironment(env);
  process.chdir(directory);
  await main(args);
  const code = process.exitCode ?? 0;
  process.exitCode = 0;
  for (const stream of [process.stdout, process.stderr]) {
    stream.removeAllListeners("error");
    stream.write(marker);
  }
  process.send({ code });
});
process.on("disconnect", () => process.exit());
