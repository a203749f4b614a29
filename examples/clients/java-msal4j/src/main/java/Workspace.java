import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;

/**
 * Reads a Machine Learning workspace by REST with a token of MSAL4J's; the three AML_ variables come from Key Vault.
 * VAULT_URL and DAEMON say which, and the AZURE_ variables who reads them.
 */
public class Workspace {
    private static final HttpClient http = HttpClient.newHttpClient();

    public static void main(String[] arguments) throws Exception {
        Map<String, String> env = System.getenv();
        String reader = token(
                env.get("AZURE_TENANT_ID"),
                env.get("AZURE_CLIENT_ID"),
                env.get("AZURE_CLIENT_SECRET"),
                "https://vault.azure.net/.default");
        Map<String, Object> aml = settings(reader, "aml-env");
        Map<String, Object> credential = settings(reader, "credential");

        String daemon = token(
                (String) aml.get("AML_TENANT_ID"),
                (String) aml.get("AML_PRINCIPAL_ID"),
                (String) aml.get("AML_PRINCIPAL_PASS"),
                "https://management.azure.com/.default");
        Object workspaceId = ((Map<?, ?>) credential.get("machineLearning")).get("workspaceId");
        Map<String, Object> workspace =
                get("https://management.azure.com" + workspaceId + "?api-version=2024-04-01", daemon);
        System.out.println("workspace " + workspace.get("name") + " in " + workspace.get("location"));
    }

    private static String token(String tenant, String clientId, String clientSecret, String scope) throws Exception {
        return ConfidentialClientApplication.builder(clientId, ClientCredentialFactory.createFromSecret(clientSecret))
                .authority("https://login.microsoftonline.com/" + tenant)
                .build()
                .acquireToken(ClientCredentialParameters.builder(Set.of(scope)).build())
                .get()
                .accessToken();
    }

    private static Map<String, Object> settings(String token, String format) throws Exception {
        String name = System.getenv("DAEMON") + "-" + format;
        String url = System.getenv("VAULT_URL").replaceAll("/$", "") + "/secrets/" + name + "?api-version=7.4";
        return object((String) get(url, token).get("value"));
    }

    private static Map<String, Object> get(String url, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return object(response.body());
    }

    private static Map<String, Object> object(String json) throws IOException {
        try (JsonReader reader = JsonProviders.createReader(json)) {
            return reader.readMap(JsonReader::readUntyped);
        }
    }
}
