# Gets a token for Microsoft Graph with Azure Identity for Python, by the environment alone, and lists users.
import requests
from azure.identity import DefaultAzureCredential

token = DefaultAzureCredential().get_token("https://graph.microsoft.com/.default").token
headers = {"Authorization": "Bearer " + token}
print(requests.get("https://graph.microsoft.com/v1.0/users", headers=headers).status_code)
