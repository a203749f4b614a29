import type { Router } from "../../http/router";
import { json } from "../../http/message";
import type { JsonObject } from "../../entra/records";
import { objectBody, type GraphContext } from "../context";
import { invalidValue, resourceNotFound } from "../errors";
import { checkKey } from "../lookup";
import { entityReply } from "../odata/reply";
import { require } from "../permissions";
import { isGuid, listOf, text, textOf } from "../schema/property";
import { entityOptions } from "../odata/query";
import { directoryObjectSet, directoryObjectView } from "./view";

const maxIds = 1000;

/** Objects of any kind, by object ID. */
export function directoryObjectRoutes(router: Router<GraphContext>): void {
  router
    .on("POST", "/directoryObjects/getByIds", (request, _parameters, context) => {
      require(context.caller, "readDirectory");
      const { ids = null, types = [] } = objectBody(request);
      if (!listOf(isGuid, maxIds)(ids)) {
        throw invalidValue("ids", "DirectoryObject");
      }
      if (!listOf(text())(types)) {
        throw invalidValue("types", "DirectoryObject");
      }
      const wanted = (types as readonly string[]).map((type) => type.toLowerCase());
      const found = (ids as readonly string[])
        .map((id) => directoryObjectView(id, context))
        .filter((view): view is JsonObject => view !== undefined)
        .filter((view) => wanted.length === 0 || wanted.includes(kindOf(view)));
      return json(200, { "@odata.context": `${context.root}/$metadata#directoryObjects`, value: found });
    })
    .on(
      "GET",
      "/directoryObjects/:id",
      (request, parameters, context) => {
        require(context.caller, "readDirectory");
        const id = parameters["id"] ?? "";
        checkKey(id);
        const view = directoryObjectView(id, context);
        if (view === undefined) {
          throw resourceNotFound(id);
        }
        return entityReply(request, context, directoryObjectSet, view);
      },
      entityOptions,
    );
}

const kindOf = (view: JsonObject): string => textOf(view["@odata.type"]).replace("#microsoft.graph.", "").toLowerCase();
