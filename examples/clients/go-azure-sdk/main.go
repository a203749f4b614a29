// Reads, as a daemon, a secret and the files of a data lake with Azure's SDK for Go; the AZURE_ variables of the daemon
// come from Key Vault. VAULT_URL and DAEMON say which, and the AZURE_ variables at the start who reads them.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
)

func main() {
	ctx := context.Background()
	reader, err := azidentity.NewEnvironmentCredential(nil)
	check(err)
	vault, err := azsecrets.NewClient(os.Getenv("VAULT_URL"), reader, nil)
	check(err)

	var lake struct {
		Lake struct {
			URL        string `json:"url"`
			FileSystem string `json:"fileSystem"`
		} `json:"lake"`
	}
	settings(ctx, vault, "credential", &lake)
	var variables map[string]string
	settings(ctx, vault, "azure-identity-env", &variables)
	for name, value := range variables {
		check(os.Setenv(name, value))
	}

	daemon, err := azidentity.NewDefaultAzureCredential(nil)
	check(err)
	blobs, err := azblob.NewClient(blobURL(lake.Lake.URL), daemon, nil)
	check(err)
	name := os.Getenv("DAEMON") + ".txt"
	_, err = blobs.UploadBuffer(ctx, lake.Lake.FileSystem, name, []byte("a forecast\n"), nil)
	check(err)
	download, err := blobs.DownloadStream(ctx, lake.Lake.FileSystem, name, nil)
	check(err)
	content, err := io.ReadAll(download.Body)
	check(err)
	_, err = blobs.DeleteBlob(ctx, lake.Lake.FileSystem, name, nil)
	check(err)
	fmt.Printf("read back %q\n", content)
}

// settings reads a secret of the daemon's in one of its formats.
func settings(ctx context.Context, vault *azsecrets.Client, format string, into any) {
	secret, err := vault.GetSecret(ctx, os.Getenv("DAEMON")+"-"+format, "", nil)
	check(err)
	check(json.Unmarshal([]byte(*secret.Value), into))
}

// blobURL is the same account's address for blobs.
func blobURL(lake string) string {
	return strings.Replace(lake, ".dfs.", ".blob.", 1)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
