import * as pulumi from "@pulumi/pulumi";

/**
 * A function of a text as one of an input: what is plain stays plain. An output is read once, however many resources ask for the
 * same of it: the SDK makes about ninety promises for each reading.
 */
export function ofInput(derive: (text: string) => string): (input: pulumi.Input<string>) => pulumi.Input<string> {
  const known = new WeakMap<object, pulumi.Output<string>>();
  return (input) => {
    if (typeof input === "string") return derive(input);
    if (!pulumi.Output.isInstance(input)) return pulumi.output(input).apply(derive);
    const derived = known.get(input) ?? input.apply(derive);
    known.set(input, derived);
    return derived;
  };
}
