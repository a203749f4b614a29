import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ClientSecretCredential;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.EnvironmentCredentialBuilder;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import java.io.IOException;
import java.util.Map;

/**
 * Signs in as a daemon with Azure's SDK for Java; the AZURE_ variables of the daemon come from Key Vault.
 * VAULT_URL and DAEMON say which, and the AZURE_ variables who reads them.
 */
public class Secret {
    public static void main(String[] arguments) throws IOException {
        SecretClient vault = new SecretClientBuilder()
                .vaultUrl(System.getenv("VAULT_URL"))
                .credential(new EnvironmentCredentialBuilder().build())
                .buildClient();
        String name = System.getenv("DAEMON") + "-azure-identity-env";
        Map<String, Object> variables;
        try (JsonReader reader = JsonProviders.createReader(vault.getSecret(name).getValue())) {
            variables = reader.readMap(JsonReader::readUntyped);
        }
        ClientSecretCredential daemon = new ClientSecretCredentialBuilder()
                .tenantId((String) variables.get("AZURE_TENANT_ID"))
                .clientId((String) variables.get("AZURE_CLIENT_ID"))
                .clientSecret((String) variables.get("AZURE_CLIENT_SECRET"))
                .build();
        TokenRequestContext management = new TokenRequestContext().addScopes("https://management.azure.com/.default");
        System.out.println("signed in until " + daemon.getTokenSync(management).getExpiresAt());
    }
}
