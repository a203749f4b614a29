import { program } from "./program";

// Pulumi's language host awaits it, and its properties become the stack's outputs.
export = program();
