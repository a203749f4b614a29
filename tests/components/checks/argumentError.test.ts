import { nameInputs } from "../../../components/checks/inputNames";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentError, Problems } from "../../../components/checks/argumentError";
import { objectId } from "../../../components/checks/identifiers";
import { typeScriptOptions } from "../../support/typeScriptOptions";

// A busy machine takes seconds to load Azure's SDKs.
jest.setTimeout(60_000);

describe("an argument error", () => {
  it("names the component and lists each problem on a line of its own", () => {
    const error = new ArgumentError("GraphGrant", "loader", ["a: got 1; needed 2.", "b: got 3; needed 4."]);
    expect(error.message).toBe(
      'GraphGrant "loader" cannot take its arguments:\n  a: got 1; needed 2.\n  b: got 3; needed 4.',
    );
  });

  it("is of the kind that Pulumi shows without a stack trace", () => {
    expect(pulumi.RunError.isInstance(new ArgumentError("GraphGrant", "loader", []))).toBe(true);
  });

  it("is not thrown where there is no problem", () => {
    expect(() => {
      new Problems("GraphGrant", "loader").throwIfAny();
    }).not.toThrow();
  });

  it("fails the program for an input that is known only later, when it is known", async () => {
    // A failed output shows as an unhandled rejection alone, which would fail this test as it fails a program.
    const program = `
      process.on("unhandledRejection", ({ message }) => { console.log(message); process.exit(); });
      const { output } = require("@pulumi/pulumi");
      const { Problems } = require("./components/checks/argumentError");
      const { objectId } = require("./components/checks/identifiers");
      new Problems("GraphGrant", "loader").onArrival("owners[0]", output(Promise.resolve("me")), objectId);`;
    const { stdout } = await promisify(execFile)(process.execPath, [...typeScriptOptions, "--eval", program]);
    expect(stdout).toBe(
      'GraphGrant "loader" cannot take its arguments:\n' +
        '  owners[0]: got "me"; needed an object ID, which is a GUID. Write, for example, "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84".\n',
    );
  });

  it("leaves a good input as it arrives", async () => {
    const id = "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84";
    const arrived = new Problems("GraphGrant", "loader").onArrival("principal.objectId", pulumi.output(id), objectId);
    expect(await new Promise((resolve) => arrived.apply(resolve))).toBe(id);
  });
});

it("names the inputs of one component as its program's users do, and of no other", () => {
  nameInputs("DataLake", "stdaemons", (line) => `settings:lake.${line}`);
  const told = (name: string): readonly string[] =>
    new ArgumentError("DataLake", name, ["accountName: got 1"]).problems;
  expect(told("stdaemons")).toEqual(["settings:lake.accountName: got 1"]);
  expect(told("stother")).toEqual(["accountName: got 1"]);
});
