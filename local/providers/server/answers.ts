import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { toStruct } from "./marshalling";
import type { CheckResult, DiffResult, PropertyChange, ReadResult } from "./packageProvider";

export function checkResponse({ inputs, failures }: CheckResult): proto.CheckResponse {
  const response = new proto.CheckResponse().setInputs(toStruct(inputs));
  for (const { property, reason } of failures) {
    response.addFailures(new proto.CheckFailure().setProperty(property).setReason(reason));
  }
  return response;
}

export function diffResponse({ changes, deleteBeforeReplace }: DiffResult): proto.DiffResponse {
  const response = new proto.DiffResponse();
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  if (changes.size === 0) {
    return response.setChanges(DIFF_NONE);
  }
  const replaces = [...changes].filter(([, { replaces }]) => replaces).map(([path]) => path);
  const changed = new Set([...changes.keys()].map((path) => path.split(/[.[]/, 1)[0] ?? path));
  for (const [path, change] of changes) {
    const kind = proto.PropertyDiff.Kind[kindOf(change)];
    response.getDetaileddiffMap().set(path, new proto.PropertyDiff().setKind(kind).setInputdiff(true));
  }
  return response
    .setChanges(DIFF_SOME)
    .setHasdetaileddiff(true)
    .setReplacesList(replaces)
    .setDiffsList([...changed])
    .setDeletebeforereplace(deleteBeforeReplace && replaces.length > 0);
}

export function readResponse(result: ReadResult): proto.ReadResponse {
  const response = new proto.ReadResponse();
  return result === undefined
    ? response
    : response.setId(result.id).setProperties(toStruct(result.outputs)).setInputs(toStruct(result.inputs));
}

function kindOf({ kind, replaces }: PropertyChange): keyof typeof proto.PropertyDiff.Kind {
  const kinds = { add: "ADD", delete: "DELETE", update: "UPDATE" } as const;
  return replaces ? `${kinds[kind]}_REPLACE` : kinds[kind];
}
