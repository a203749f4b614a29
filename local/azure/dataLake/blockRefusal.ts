import { Refusal } from "./refusal";

/** Refusals that only the blob host knows: of blocks, append blobs, copies and batches. */
const refusal = (status: number, code: string, message: string): Refusal =>
  new Refusal(status, { dfs: code, blob: code }, message);

export const missingQuery = (): Refusal =>
  refusal(
    400,
    "MissingRequiredQueryParameter",
    "A query parameter that's mandatory for this request is not specified.",
  );

export const invalidBlockId = (): Refusal =>
  refusal(400, "InvalidBlockId", "The specified block ID is invalid. The block ID must be Base64-encoded.");

export const invalidBlobOrBlock = (): Refusal =>
  refusal(400, "InvalidBlobOrBlock", "The specified blob or block content is invalid.");

export const invalidBlockList = (): Refusal => refusal(400, "InvalidBlockList", "The specified block list is invalid.");

export const blockListTooLong = (): Refusal =>
  refusal(400, "BlockListTooLong", "The block list may not contain more than 50,000 blocks.");

export const blockCountExceedsLimit = (message: string): Refusal => refusal(409, "BlockCountExceedsLimit", message);

export const invalidXml = (): Refusal =>
  refusal(400, "InvalidXmlDocument", "XML specified is not syntactically valid.");

export const invalidBlobType = (): Refusal =>
  refusal(409, "InvalidBlobType", "The blob type is invalid for this operation.");

export const appendPositionNotMet = (): Refusal =>
  refusal(412, "AppendPositionConditionNotMet", "The append position condition specified was not met.");

export const maxBlobSizeNotMet = (): Refusal =>
  refusal(412, "MaxBlobSizeConditionNotMet", "The max blob size condition specified was not met.");

export const noPendingCopy = (): Refusal =>
  refusal(409, "NoPendingCopyOperation", "There is currently no pending copy operation.");

/** What Azure says where it can't read a copy's source, whatever the reason. */
export const cannotVerifySource = (status: number, reason: string): Refusal =>
  refusal(status, "CannotVerifyCopySource", reason);

export const invalidBatch = (): Refusal => refusal(400, "InvalidInput", "One of the request inputs is not valid.");

export const tooManyParts = (): Refusal =>
  refusal(
    400,
    "ExceedsMaxBatchRequestCount",
    "The batch operation exceeds the maximum number of 256 allowed subrequests.",
  );
