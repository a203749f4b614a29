import { InvalidArgumentError, Option, type Command } from "commander";

/** What the option of {@link withProviderWaits} gives. */
export interface ProviderWaitOption {
  readonly providerWaits?: number;
}

/** Adds how long the stand-in providers wait by themselves, to a command that starts them. */
export function withProviderWaits(command: Command): Command {
  return command.addOption(
    new Option(
      "--provider-waits <part>",
      "fraction of the real providers' own waits that the stand-in providers keep: 1 for all (default: 0.01)",
    ).argParser(part),
  );
}

function part(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError("Give a number from 0 to 1, for example 0.5.");
  }
  return value;
}
