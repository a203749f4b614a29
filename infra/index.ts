import { program } from "./program";

// The language host colours the stack trace of every error. Node.js 20 works for half a minute on a path such as
// node_modules/@pulumi/output.ts, which is no file: only a source map names it. Without maps the paths are the files'.
process.setSourceMapsEnabled(false);
Reflect.deleteProperty(Error, "prepareStackTrace");

// Pulumi's language host calls it, and its result's properties become the stack's outputs. A promise in its place would be
// rejected before the host awaits it, which Node.js warns of.
export = program;
