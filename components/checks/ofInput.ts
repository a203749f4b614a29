import * as pulumi from "@pulumi/pulumi";

/**
 * A function of a text as one of an input: what is plain stays plain. An output is read once, however many resources ask for the
 * same of it: the SDK makes about ninety promises for each reading.
 */
export function ofInput(derive: (text: string) => string): (input: pulumi.Input<string>) => pulumi.Input<string> {
  const known = new WeakMap<pulumi.Output<string>, pulumi.Output<string>>();
  return (input) => {
    if (typeof input === "string") return derive(input);
    const output = pulumi.output(input);
    const derived = known.get(output) ?? output.apply(derive);
    known.set(output, derived);
    return derived;
  };
}
