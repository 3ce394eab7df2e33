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
    public async Task A_stack_that_is_not_deleted_at_first_has_its_buckets_emptied_again_and_is_deleted()
    {
        var (status, output, errors) = await DeleteAsync(failures: 1);

        Assert.True(status == 0, output + errors);
        Assert.Equal(2, Deletions(output));
        Assert.Contains("attempt 1: the stack was not deleted", errors, StringComparison.Ordinal);
        Assert.Equal(2, output.Split("isobar-landing-000000000000-us-east-1: 0 versions").Length - 1);
        Assert.EndsWith("stack isobar deleted\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_that_is_not_deleted_three_times_is_an_error_that_says_where_to_look()
    {
        var (status, output, errors) = await DeleteAsync(failures: 3);

        Assert.Equal((1, 3), (status, Deletions(output)));
        Assert.DoesNotContain("stack isobar deleted", output, StringComparison.Ordinal);
        Assert.Contains("describe-stack-events --stack-name isobar", errors, StringComparison.Ordinal);
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

    // The host does not delete stacks. So two calls of the script are answered here, as CloudFormation would after some
    // deletions that failed; all others go to the host.
    private async Task<(int Status, string Output, string Errors)> DeleteAsync(int failures)
    {
        var folder = Directory.CreateTempSubdirectory("isobar-teardown-").FullName;
        try
        {
            var count = Path.Combine(folder, "deletions");
            return await host.TryAsync("bash", "-c", $$"""
                aws() {
                  case "$1 $2" in
                    "cloudformation delete-stack") echo "DELETE $4" | tee -a '{{count}}' ;;
                    "cloudformation wait") [ "$(wc -l < '{{count}}')" -gt {{failures}} ] ;;
                    *) command aws "$@" ;;
                  esac
                }
                export -f aws
                '{{Repository.In("infra", "teardown.sh")}}' isobar --yes
                """);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Deletions(string output) => output.Split("DELETE isobar\n").Length - 1;
}
