const vm = require("node:vm");

/** What a worker has compiled, by file. */
const scripts = new Map();
const compileEach = vm.compileFunction;

/**
 * Jest compiles each module anew for each test file. A script serves many contexts, so a worker compiles a module once, and what V8
 * has compiled of it while one test file ran serves the next.
 */
vm.compileFunction = function compileOnce(source, parameters, options) {
  const { filename, parsingContext } = options;
  if (parsingContext === undefined || filename.endsWith(".test.ts")) return compileEach(source, parameters, options);
  const known = scripts.get(filename);
  const { script } = known?.source === source ? known : keep(filename, source, parameters);
  return script.runInContext(parsingContext);
};

function keep(filename, source, parameters) {
  const head = `(function (${parameters.join(", ")}) {`;
  const script = new vm.Script(`${head}${source}\n})`, { filename, columnOffset: -head.length });
  const kept = { source, script };
  scripts.set(filename, kept);
  return kept;
}
