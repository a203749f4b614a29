import type { AzureRequest, AzureResponse } from "../http/message";
import { batchAnswer, readBatch } from "./batchParts";
import { invalidBatch, tooManyParts } from "./blockRefusal";
import { targetOf, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { notSupported } from "./refusal";

/** Answers one request of a batch with its own authorization; a refusal is an answer too. */
export type AnswerPart = (lake: LakeRequest, request: AzureRequest) => Promise<AzureResponse>;

const maximumParts = 256;
const blob = { endpoint: "blob", method: "POST" } as const;

/** Many deletions in one request. */
export function batchRoutes(answerPart: AnswerPart): LakeRoute[] {
  const handle = async (lake: LakeRequest): Promise<AzureResponse> => {
    const parts = readBatch(lake.request);
    if (parts.length > maximumParts) {
      throw tooManyParts();
    }
    for (const { request } of parts) {
      if (request.method !== "DELETE") {
        throw notSupported(request);
      }
      if (lake.fileSystem !== "" && targetOf(request.path)?.fileSystem !== lake.fileSystem) {
        throw invalidBatch();
      }
    }
    const answers = [];
    for (const { contentId, request } of parts) {
      answers.push({ contentId, response: await answerPart(lake, request) });
    }
    return batchAnswer(answers);
  };
  return [
    { ...blob, level: "account", query: { comp: "batch" }, handle },
    { ...blob, level: "fileSystem", query: { restype: "container", comp: "batch" }, handle },
  ];
}
