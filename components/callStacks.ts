import { sep } from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";

/** A frame of a call stack; undefined where it has no position in a file. */
type Frame = { readonly uri: string } | undefined;
type CallStack = (skip: number) => readonly Frame[];

const ownFiles = pathToFileURL(`${__dirname}${sep}`).href;

/**
 * The SDK sends the whole call stack of each resource, and the engine writes it into the state: a fifth of the
 * state, written at each step. Of a child, the line that declares it is enough; the component has the stack of
 * the program that made it. Resources of the program itself are left as they are.
 */
function shorten(sdk: { stackTrace?: CallStack }): void {
  const { stackTrace } = sdk;
  // Another version of the SDK may have no such function.
  if (typeof stackTrace !== "function") return;
  sdk.stackTrace = (skip) => {
    // This function is one frame more.
    const frames = stackTrace.call(sdk, skip + 1);
    const isOwn = frames.find((frame) => frame !== undefined)?.uri.startsWith(ownFiles) ?? false;
    return isOwn ? frames.slice(0, 1) : frames;
  };
}

// The function is private to the SDK's type.
shorten(pulumi.Resource as unknown as { stackTrace?: CallStack });
