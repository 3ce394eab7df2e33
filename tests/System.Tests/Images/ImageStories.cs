using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Stories.Images;

/// <summary>One function as a zip file and as a container image.</summary>
public sealed class ImageStories(ImageFixture stack) : IClassFixture<ImageFixture>
{
    private const string Zip = "NotifyFunction";
    private const string Image = "NotifyImageFunction";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    [Claim("B6")]
    [Concept("Package: a container image", "NotifyImageFunction", Code = "images/NotifyImage")]
    public async Task The_same_event_has_the_same_result_by_zip_file_and_by_image()
    {
        var item = await ResultAsync(Zip);
        Assert.NotEmpty(item);
        Assert.Equal(item, await ResultAsync(Image));

        var refused = await AskAsync(Zip, "{}");
        Assert.Equal("InvalidDataException", (string?)refused!["errorType"]);
        Assert.Equal(refused["errorMessage"]!.ToString(), (await AskAsync(Image, "{}"))!["errorMessage"]!.ToString());
    }

    [Fact]
    [Claim("B6")]
    public async Task A_zip_file_is_given_system_runtime_and_layers_and_an_image_brings_them()
    {
        var zip = await GetAsync(Zip);
        var image = await GetAsync(Image);

        Assert.Equal("dotnet10", (string?)zip["Configuration"]!["Runtime"]);
        Assert.Equal(2, zip["Configuration"]!["Layers"]!.AsArray().Count);
        Assert.Equal("S3", (string?)zip["Code"]!["RepositoryType"]);
        foreach (var member in (string[])["Runtime", "Handler", "Layers"])
            Assert.Null(image["Configuration"]![member]);
        Assert.Equal("ECR", (string?)image["Code"]!["RepositoryType"]);
        Assert.Equal(
            (string?)image["Configuration"]!["CodeSha256"],
            ((string)image["Code"]!["ResolvedImageUri"]!).Split("@sha256:")[1]);
    }

    [Fact]
    [Claim("X9")]
    public async Task An_extension_that_is_baked_into_the_image_runs_beside_the_function()
    {
        await AskAsync(Image, "{}");

        var name = stack.Stack.NameOf(Image);
        await stack.Host.Journal.WaitForAsync<LogLineWritten>(
            line => line.FunctionName == name && line.Line.Contains("\"name\":\"telemetry\"")
                && line.Line.Contains("\"state\":\"Ready\""),
            Bound);
        var started = stack.Host.Journal.After(0).Select(entry => entry.Fact).OfType<ExtensionStarted>()
            .Where(fact => fact.FunctionName == name);
        Assert.Equal(["telemetry"], started.Select(fact => fact.Extension).Distinct());
    }

    [Theory]
    [InlineData("""{"EntryPoint":["/var/task/None"]}""", "Runtime.InvalidEntrypoint",
        "fork/exec /var/task/None: no such file or directory")]
    [InlineData("""{"WorkingDirectory":"/var/task/none"}""", "Runtime.InvalidWorkingDir",
        "the working directory doesn't exist: /var/task/none")]
    [InlineData("""{"Command":["Notify","more"]}""", "Runtime.ExitError",
        "Runtime exited with error: exit status 142")]
    public async Task A_wrong_start_ends_with_AWSs_error_and_a_right_one_works_again(
        string config, string errorType, string message)
    {
        await ConfigureAsync(config);
        var answer = await AskAsync(Image, "{}");
        await ConfigureAsync("{}");

        Assert.Equal(errorType, (string?)answer!["errorType"]);
        Assert.EndsWith($" Error: {message}", (string?)answer["errorMessage"], StringComparison.Ordinal);
        Assert.Equal("InvalidDataException", (string?)(await AskAsync(Image, "{}"))!["errorType"]);
    }

    [Fact]
    public async Task An_image_starts_by_another_entry_point_without_AWSs_script()
    {
        await ConfigureAsync("""{"EntryPoint":["/var/lang/bin/dotnet","exec"],"Command":["/var/task/Notify.dll"]}""");
        var answer = await AskAsync(Image, "{}");
        await ConfigureAsync("{}");

        Assert.Equal("InvalidDataException", (string?)answer!["errorType"]);
    }

    // The item that an invocation writes, which is then deleted for the next.
    private async Task<SortedDictionary<string, string>> ResultAsync(string function)
    {
        Assert.Null(await AskAsync(function, Event));
        var table = stack.Stack.NameOf("JobsTable");
        var found = await stack.Stack.DynamoDb.ScanAsync(new ScanRequest(table), CancellationToken.None);
        var item = Assert.Single(found.Items!);
        await stack.Stack.DynamoDb.DeleteItemAsync(
            table, new Dictionary<string, AttributeValue> { ["job"] = item["job"], ["item"] = item["item"] },
            CancellationToken.None);
        // When the item expires depends on when it was written.
        return new SortedDictionary<string, string>(item.Where(entry => entry.Key != "expiresAt")
            .ToDictionary(entry => entry.Key, entry => entry.Value.S ?? entry.Value.N), StringComparer.Ordinal);
    }

    private static string Event => new JsonObject
    {
        ["source"] = "lambda",
        ["detail-type"] = "Lambda Function Invocation Result - Success",
        ["detail"] = new JsonObject
        {
            ["version"] = "1.0",
            ["timestamp"] = "2026-11-30T12:00:00.000Z",
            ["requestContext"] = new JsonObject { ["condition"] = "Success" },
            ["responsePayload"] = new JsonObject
            {
                ["importId"] = "import-1", ["station"] = "USW00094728", ["job"] = "job-1",
            },
        },
    }.ToJsonString();

    private async Task<JsonNode?> AskAsync(string function, string payload)
    {
        using var answer = await stack.Stack.Calls.InvokeAsync(
            stack.Stack.NameOf(function), payload, "RequestResponse");
        var body = await answer.Content.ReadAsStringAsync();
        return body.Length == 0 ? null : JsonNode.Parse(body);
    }

    private Task<JsonNode> GetAsync(string function) => stack.Stack.Calls.LambdaAsync(
        HttpMethod.Get, $"/2015-03-31/functions/{stack.Stack.NameOf(function)}");

    private Task<JsonNode> ConfigureAsync(string config) => stack.Stack.Calls.LambdaAsync(
        HttpMethod.Put, $"/2015-03-31/functions/{stack.Stack.NameOf(Image)}/configuration",
        new JsonObject { ["ImageConfig"] = JsonNode.Parse(config) });
}
