using System.Text.Json.Nodes;

namespace Isobar.Stories.Clients;

/// <summary>infra/teardown.sh empties a stack's buckets, as their deletion needs it, with the real AWS CLI.</summary>
[Collection(OneStack.Name)]
public sealed class TeardownStories(ClientHost host) : IClassFixture<ClientHost>
{
    private const string Data = "isobar-data-000000000000-us-east-1";

    [Fact]
    public async Task A_versioned_bucket_is_emptied_of_versions_and_delete_markers_and_can_be_deleted()
    {
        var file = Path.GetTempFileName();
        try
        {
            foreach (var key in (string[])["a", "a", "b/with a space+plus", "c"])
                await host.RunAsync("aws", "s3api", "put-object", "--bucket", Data, "--key", key, "--body", file);
            await host.RunAsync("aws", "s3api", "delete-object", "--bucket", Data, "--key", "c");

            var output = await host.RunAsync(
                Repository.In("infra", "teardown.sh"), "isobar", "--yes", "--keep-stack");

            Assert.Contains($"{Data}: 5 versions and delete markers deleted", output, StringComparison.Ordinal);
            var left = JsonNode.Parse(await host.RunAsync(
                "aws", "s3api", "list-object-versions", "--bucket", Data, "--output", "json"));
            Assert.Null(left?["Versions"] ?? left?["DeleteMarkers"]);
            await host.RunAsync("aws", "s3api", "delete-bucket", "--bucket", Data);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_name_that_is_not_confirmed_deletes_nothing()
    {
        var (status, output, _) = await host.TryAsync("bash", "-c",
            $"echo another | {Repository.In("infra", "teardown.sh")} isobar");

        Assert.Equal(1, status);
        Assert.Contains("Nothing was deleted.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_that_is_not_there_is_CloudFormations_error()
    {
        var (status, _, errors) = await host.TryAsync(Repository.In("infra", "teardown.sh"), "nobody", "--yes");

        Assert.NotEqual(0, status);
        Assert.Contains("Stack with id nobody does not exist", errors, StringComparison.Ordinal);
    }
}
