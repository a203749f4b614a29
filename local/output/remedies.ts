import { alreadyThere } from "./alreadyThere";
import { lostConnection } from "./lostConnection";
import type { Diagnostic } from "./operationLog";
import { oversizedConfiguration } from "./oversizedConfiguration";
import { refusedDeployer } from "./refusedDeployer";
import { refusedResource } from "./refusedResource";
import { remedyAmong, type ServiceError } from "./serviceError";

/** Every error of a service, and of the run itself, that has a remedy. The first that fits a message counts. */
export const serviceErrors: readonly ServiceError[] = [
  ...refusedDeployer,
  ...refusedResource,
  ...alreadyThere,
  ...lostConnection,
  ...oversizedConfiguration,
];

/** What to do about an error of a service; undefined where its own words say all that is known. */
export const remedyFor = (error: Diagnostic): string | undefined => remedyAmong(serviceErrors, error);
