import os, msal, requests
app = msal.ConfidentialClientApplication(os.environ["AZURE_CLIENT_ID"], os.environ["AZURE_CLIENT_SECRET"], "https://login.microsoftonline.com/" + os.environ["AZURE_TENANT_ID"])
token = app.acquire_token_for_client(["https://graph.microsoft.com/.default"])["access_token"]
reply = requests.get("https://graph.microsoft.com/v1.0/users", headers={"Authorization": "Bearer " + token})
print(reply.status_code, reply.text)
