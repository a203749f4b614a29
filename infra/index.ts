import { program } from "./program";

// Pulumi's language host calls it, and its result's properties become the stack's outputs. A promise in its place would be
// rejected before the host awaits it, which Node.js warns of.
export = program;
