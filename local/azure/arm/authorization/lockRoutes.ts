import { z } from "zod";
import type { Cloud } from "../../cloud";
import { empty, json } from "../../http/message";
import type { Router } from "../../http/router";
import { armError } from "../errors";
import { contentOf } from "../jsonContent";
import { touch } from "../systemData";
import { extensionId, extensionRoot, type ExtensionContext } from "./extensionContext";
import { lockLevels, Locks, type Lock } from "./locks";
import { isWithin } from "./scope";

/** At most 260 characters, none of them `<>%&:\?/` or a control character, no space or full stop at the end. */
const namePattern = /^(?=.{1,260}$)[^<>%&:\\?/\p{Cc}]*[^<>%&:\\?/\p{Cc}. ]$/u;

const bodySchema = z.looseObject({
  properties: z.looseObject({
    level: z.enum(lockLevels),
    notes: z.string().max(512).nullish(),
    owners: z.array(z.object({ applicationId: z.string() })).nullish(),
  }),
});

/** Management locks at any scope. */
export function addLockRoutes(router: Router<ExtensionContext>, cloud: Cloud): void {
  const path = `${extensionRoot}/locks`;
  const locks = new Locks(cloud.store);

  router
    .on("PUT", `${path}/:name`, (request, { name = "" }, { scope, caller }) => {
      if (!namePattern.test(name)) {
        throw armError(400, "InvalidLockName", `The lock name '${name}' is not valid.`);
      }
      const { level, notes, owners } = contentOf(request, bodySchema).properties;
      const before = locks.get(scope, name);
      const lock: Lock = {
        name: before?.name ?? name,
        scope,
        level,
        ...(notes == null ? {} : { notes }),
        ...(owners == null ? {} : { owners }),
        systemData: touch(caller, cloud.clock.now(), before?.systemData),
      };
      locks.set(lock);
      return json(before === undefined ? 201 : 200, lockBody(lock));
    })
    .on("GET", `${path}/:name`, (_request, { name = "" }, { scope }) => {
      const lock = locks.get(scope, name);
      if (lock === undefined) {
        throw armError(404, "LockNotFound", `The lock '${name}' could not be found.`);
      }
      return json(200, lockBody(lock));
    })
    .on("DELETE", `${path}/:name`, (_request, { name = "" }, { scope }) => {
      const lock = locks.get(scope, name);
      if (lock === undefined) {
        return empty(204);
      }
      locks.delete(lock);
      return empty(200);
    })
    .on("GET", path, (_request, _parameters, { scope }) =>
      json(200, {
        value: locks
          .all()
          .filter((lock) => isWithin(scope, lock.scope) || isWithin(lock.scope, scope))
          .map(lockBody),
      }),
    );
}

const lockBody = ({ name, scope, level, notes, owners, systemData }: Lock): object => ({
  properties: {
    level,
    ...(notes === undefined ? {} : { notes }),
    ...(owners === undefined ? {} : { owners }),
  },
  id: extensionId(scope, "locks", name),
  type: "Microsoft.Authorization/locks",
  name,
  systemData,
});
