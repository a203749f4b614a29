import { daemonOf, uriOf } from "../../../components/stack/findDaemon";
import { loader, mailer, STACK } from "./ownersOutputs";

const daemons = { "forecast-loader": loader, "report-mailer": mailer };

it("says which daemons were read where one was not", () => {
  expect(() => daemonOf(STACK, daemons, "report-mialer")).toThrow(
    `Stack "${STACK}" cannot be read:\n  daemon "report-mialer": is not in what was read of it. Did you mean "report-mailer"?`,
  );
});

it("says whom to ask where a daemon is not delivered in a format", () => {
  expect(() => uriOf(STACK, daemons, "report-mailer", "client-secret")).toThrow(
    'daemon "report-mailer": is not delivered in the format "client-secret". There are "credential". Ask the stack\'s owners to add it to the daemon\'s formats.',
  );
});
