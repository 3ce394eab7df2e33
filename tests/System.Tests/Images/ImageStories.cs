using System.Text.Json.Nodes;
using System.Xml.Linq;
using Isobar.Local.Lambda.Environments;
using Isobar.Stories.Documents;

namespace Isobar.Stories.Images;

/// <summary>Report as a zip file and as a container image.</summary>
public sealed class ImageStories(ImageFixture stack) : IClassFixture<ImageFixture>
{
    private const string Zip = "ReportFunction";
    private const string Image = "ReportImageFunction";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    [Claim("B6")]
    [Concept("Package: a container image", "ReportImageFunction", Code = "images/ReportImage")]
    public async Task The_zip_file_and_the_image_write_the_same_pages_from_the_same_months()
    {
        var pages = await new ReportPages(stack.Stack).WriteAsync(Zip);
        Assert.Equal(pages, await new ReportPages(stack.Stack).WriteAsync(Image));

        var page = pages[$"stations/{ReportPages.Station}/index.html"];
        Assert.Contains("Saltpan Flat", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        // Accepted, flagged, missing, malformed: of the job's item.
        Assert.Contains("<td>1,948</td>\n<td>26</td>\n<td>17</td>\n<td>3</td>", page, StringComparison.Ordinal);
        string[] paths =
        [
            $"stations/{ReportPages.Station}/index.html", $"stations/{ReportPages.Station}/listed",
            "stations/index.html", "stations/list/XI.html",
        ];
        Assert.Equal(paths.Order(StringComparer.Ordinal), pages.Keys);
        Assert.Equal(["/stations/list/XI.html"], Listed(pages["stations/index.html"]));
        Assert.Equal([$"/stations/{ReportPages.Station}/index.html"], Listed(pages["stations/list/XI.html"]));
    }

    [Fact]
    public async Task The_zip_file_and_the_image_refuse_the_same_event_with_the_same_error()
    {
        var refused = await AskAsync(Zip, "{}");

        Assert.Equal("InvalidDataException", (string?)refused!["errorType"]);
        Assert.Equal(refused["errorMessage"]!.ToString(), (await AskAsync(Image, "{}"))!["errorMessage"]!.ToString());
    }

    [Fact]
    public async Task The_commands_of_the_document_show_that_both_write_the_same_pages()
    {
        var document = await File.ReadAllTextAsync(Repository.In("images", "README.md"));
        var shell = new ClientShell(stack.Host.Address, new Dictionary<string, string>());

        var (status, output, errors) = await shell.RunAsync(
            "set -euo pipefail\n" + Assert.Single(DocumentBlock.In(document)).Text);

        Assert.True(status == 0, output + errors);
        Assert.Contains($"ReportImage/stations/{ReportPages.Station}/index.html", output, StringComparison.Ordinal);
        Assert.EndsWith("\nthe same\n", output, StringComparison.Ordinal);
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
    [InlineData("""{"Command":["Report","more"]}""", "Runtime.ExitError",
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
        await ConfigureAsync("""{"EntryPoint":["/var/lang/bin/dotnet","exec"],"Command":["/var/task/Report.dll"]}""");
        var answer = await AskAsync(Image, "{}");
        await ConfigureAsync("{}");

        Assert.Equal("InvalidDataException", (string?)answer!["errorType"]);
    }

    // The pages are XML, too, but for the first line.
    private static IEnumerable<string?> Listed(string page) =>
        XElement.Parse(page[page.IndexOf("<html", StringComparison.Ordinal)..]).Descendants("ul").Single()
            .Descendants("a").Select(link => (string?)link.Attribute("href"));

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
