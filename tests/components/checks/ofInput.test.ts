import * as pulumi from "@pulumi/pulumi";
import { ofInput } from "../../../components/checks/ofInput";

const upper = ofInput((text) => text.toUpperCase());
const valueOf = (input: pulumi.Input<string>): Promise<string> =>
  new Promise((resolve) => pulumi.output(input).apply(resolve));

describe("a function of an input", () => {
  it("leaves what is plain plain", () => {
    expect(upper("a")).toBe("A");
  });

  it("reads an output once", async () => {
    const output = pulumi.output("a");
    const derived = upper(output);
    expect(upper(output)).toBe(derived);
    expect(await valueOf(derived)).toBe("A");
  });

  it("keeps outputs, and functions, apart", async () => {
    const lower = ofInput((text) => text.toLowerCase());
    const [one, other] = [pulumi.output("a"), pulumi.output("b")];
    expect(await Promise.all([upper(one), upper(other), lower(one)].map(valueOf))).toEqual(["A", "B", "a"]);
  });

  it("reads a promise", async () => {
    expect(await valueOf(upper(Promise.resolve("a")))).toBe("A");
  });

  it("keeps a secret one", async () => {
    expect(await pulumi.isSecret(pulumi.output(upper(pulumi.secret("a"))))).toBe(true);
  });
});
