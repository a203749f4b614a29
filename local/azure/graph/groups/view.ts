import type { GroupRecord, JsonObject } from "../../entra/records";
import { groupDefaults } from "../schema/group";

/** A group as Graph shows it. */
export const groupView = ({ id, deletedDateTime, properties }: GroupRecord): JsonObject => ({
  id,
  deletedDateTime,
  ...groupDefaults,
  ...properties,
  renewedDateTime: properties["createdDateTime"] ?? null,
});
