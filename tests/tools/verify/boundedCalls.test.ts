import { boundedCredential } from "../../../tools/verify/boundedCalls";

const scope = "https://graph.microsoft.com/.default";

it("gives the token of a credential", async () => {
  const token = { token: "a.b.c", expiresOnTimestamp: 1 };
  expect(await boundedCredential({ getToken: () => Promise.resolve(token) }, 30).getToken(scope)).toBe(token);
});

it.each([[null], [{ token: "", expiresOnTimestamp: 1 }]])("fails where the credential gives %j", async (given) => {
  const credential = boundedCredential({ getToken: () => Promise.resolve(given) }, 30);
  await expect(credential.getToken(scope)).rejects.toMatchObject({
    code: "NoToken",
    message: `The credential gave no access token for ${scope}.`,
  });
});
