import { z } from "zod";
import { jsonBody, type AzureRequest } from "../http/message";
import { armError, invalidContent } from "./errors";

/** The body as JSON. @throws ServiceError 400 InvalidRequestContent, where it is none */
export function jsonContent(request: AzureRequest): unknown {
  try {
    return jsonBody(request);
  } catch {
    // The parser's own message quotes the body, which may hold a secret.
    throw invalidContent("The request content is not valid JSON.");
  }
}

/** The body, checked against a schema. @throws ServiceError 400, naming the first field that is wrong */
export function contentOf<Schema extends z.ZodType>(request: AzureRequest, schema: Schema): z.output<Schema> {
  const content = jsonContent(request);
  if (content === undefined) {
    throw armError(400, "MissingRequestContent", "The request content is missing.");
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalidContent(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not as expected"}`);
  }
  return parsed.data;
}

export const tagsSchema = z.record(z.string().max(512), z.string().max(256));
