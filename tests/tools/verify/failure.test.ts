import { createHttpHeaders, RestError } from "@azure/core-rest-pipeline";
import { z } from "zod";
import { failureOf } from "../../../tools/verify/failure";

/** A RestError as the SDKs make it from a service's answer. */
const answered = (statusCode: number, body: unknown): RestError =>
  Object.assign(new RestError("the SDK's text", { statusCode }), { response: { bodyAsText: JSON.stringify(body) } });

describe("a failure", () => {
  it("is Graph's code and message", () => {
    const error = {
      code: "Authorization_RequestDenied",
      message: "Insufficient privileges.",
      innerError: { date: "now" },
    };
    expect(failureOf(answered(403, { error }))).toEqual({
      status: 403,
      code: "Authorization_RequestDenied",
      message: "Insufficient privileges.",
    });
  });

  it("is Key Vault's inner code, with who asked for what, on one line", () => {
    const message =
      "Caller is not authorized to perform action on resource.\r\nIf role assignments were changed recently, wait.\r\n" +
      "Caller: appid=a;oid=b\r\nAction: 'getSecret/action'\r\nResource: '/subscriptions/s'\r\nAssignment: (not found)\r\n";
    const error = { code: "Forbidden", message, innererror: { code: "ForbiddenByRbac" } };
    expect(failureOf(answered(403, { error }))).toEqual({
      status: 403,
      code: "ForbiddenByRbac",
      message:
        "Caller is not authorized to perform action on resource. Caller: appid=a;oid=b Action: 'getSecret/action' Resource: '/subscriptions/s'",
    });
  });

  it("leaves out the lake's request ID and time", () => {
    const error = { code: "AuthorizationPermissionMismatch", message: "Not authorized.\nRequestId:1\nTime:2" };
    expect(failureOf(answered(403, { error })).message).toBe("Not authorized.");
  });

  it("is the code in the header of an answer to HEAD, which has no body", () => {
    const headers = createHttpHeaders({ "x-ms-error-code": "AuthorizationPermissionMismatch" });
    const error = Object.assign(new RestError("", { statusCode: 403 }), { response: { headers, bodyAsText: "" } });
    expect(failureOf(error)).toEqual({
      status: 403,
      code: "AuthorizationPermissionMismatch",
      message: "The service gave no further reason.",
    });
  });

  it("is Entra ID's code and words, wherever a library puts them", () => {
    const error = new Error(
      "invalid_client: Error(s): 7000222 - Timestamp: t - Description: AADSTS7000222: The provided client secret keys for " +
        "app 'a' are expired. Trace ID: t Correlation ID: c Timestamp: t",
    );
    expect(failureOf(error)).toEqual({
      code: "AADSTS7000222",
      message: "The provided client secret keys for app 'a' are expired.",
    });
  });

  it("is what lies at the bottom of a chain of credentials", () => {
    const bottom = Object.assign(new Error("getaddrinfo ENOTFOUND x"), { code: "ENOTFOUND" });
    expect(failureOf(new AggregateError([new Error("wrapped", { cause: bottom })], "all failed"))).toEqual({
      code: "ENOTFOUND",
      message: "getaddrinfo ENOTFOUND x",
    });
  });

  it("names what an answer lacks", () => {
    const { error } = z.object({ value: z.array(z.string()) }).safeParse({ value: "none" });
    expect(failureOf(error)).toEqual({
      code: "UnexpectedAnswer",
      message: "The service answered, but not as documented: value.",
    });
  });

  it("is a timeout where the time for one call ran out", () => {
    expect(failureOf(AbortSignal.abort().reason).code).toBe("Timeout");
    expect(failureOf(new DOMException("late", "TimeoutError")).code).toBe("Timeout");
  });

  it.each([undefined, null, "text", 7])("is told even when %p is thrown", (thrown) => {
    expect(failureOf(thrown)).toEqual({ code: "Unknown", message: "The call failed without saying why." });
  });
});
