const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { dirname, join } = require("node:path");

const options = { loader: "ts", format: "cjs", target: "node20", sourcemap: "inline" };

/**
 * Lets `require` of this process load the project's TypeScript files. What is compiled is kept in node_modules/.cache. tsx does the
 * same for more kinds of files, and takes a second more to start a command.
 *
 * @param {string} root the project's root directory
 */
function registerTypeScript(root) {
  const packages = createRequire(join(root, "package.json"));
  const tsx = packages.resolve("tsx/package.json");
  const compiler = `${packages("tsx/package.json").version} ${JSON.stringify(options)}`;
  const directory = join(root, "node_modules", ".cache", "typescript");
  const compile = (file) => {
    const source = readFileSync(file, "utf8");
    const key = [compiler, file, source].join("\n");
    return cached(join(directory, createHash("sha1").update(key).digest("hex")), () => {
      // tsx' own: no other version of it has to be kept.
      const { transformSync } = createRequire(tsx)("esbuild");
      return transformSync(source, { ...options, sourcefile: file }).code;
    });
  };
  // Only then are stack traces printed; their source maps take a third of a second.
  process.setSourceMapsEnabled(process.argv.includes("--verbose"));
  require.extensions[".ts"] = (module, file) => module._compile(compile(file), file);
}

/** A file's text; made where there is none, and kept where it can be. Two processes may do so at once. */
function cached(file, make) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    const text = make();
    keep(file, text);
    return text;
  }
}

function keep(file, text) {
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch {
    // Where it can't be kept it is compiled anew each time.
  }
}

module.exports = { registerTypeScript };
