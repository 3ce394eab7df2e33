using System.ComponentModel;
using System.Diagnostics;
using Isobar.Stories.HostLife;

namespace Isobar.Stories.OwnProject;

/// <summary>What docs/LOCAL-HOST.md tells people to type, against a host that was started as it says.</summary>
public sealed class DocumentStories(ShopUp host) : IClassFixture<ShopUp>
{
    // Of the packages that the document leaves open.
    private const string JavaScriptVersion = "3.1000.0";

    [Fact]
    public async Task The_AWS_command_line_sends_an_order_that_the_function_writes() =>
        await RunsAsync("bash", "bash", "-euo", "pipefail", "-c", Snippet.Running("bash").Code);

    [Fact]
    public async Task Boto3_reads_and_writes_the_table() =>
        await RunsAsync("python", "python3", "-c", Snippet.Running("python").Code);

    [Fact]
    public async Task The_SDK_for_JavaScript_sends_a_message()
    {
        var folder = Directory.CreateTempSubdirectory("isobar-js-");
        try
        {
            var (status, _, errors) = await RunAsync(
                "npm", "install", "--prefix", folder.FullName, "--no-audit", "--no-fund", "--ignore-scripts",
                "--prefer-offline", $"@aws-sdk/client-cloudformation@{JavaScriptVersion}",
                $"@aws-sdk/client-sqs@{JavaScriptVersion}");
            if (status != 0) Assert.Skip($"npm has no AWS SDK for JavaScript here: {errors}");
            var script = Path.Combine(folder.FullName, "snippet.mjs");
            await File.WriteAllTextAsync(script, Snippet.Running("js").Code);
            await RunsAsync("js", "node", script);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Up_says_which_projects_it_builds_and_what_the_stack_is_called()
    {
        var endpoint = $"export AWS_ENDPOINT_URL={host.Address.GetLeftPart(UriPartial.Authority)}";
        await ProcessTable.UntilAsync(
            () => host.Output.Contains(endpoint, StringComparison.Ordinal), $"'{endpoint}' in what it prints");
        Assert.Contains("Building Orders.csproj …", host.Output, StringComparison.Ordinal);
        Assert.Contains("Isobar is up: stack shop at ", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_document_quotes_stands_in_the_file_that_it_names()
    {
        var quoted = Snippet.OfDocument.Where(one => one.Source.Length > 0).ToArray();

        Assert.Equal(3, quoted.Length);
        Assert.All(quoted, one => Assert.Contains(
            one.Code, File.ReadAllText(Repository.In(one.Source)), StringComparison.Ordinal));
    }

    private async Task RunsAsync(string language, string program, params string[] arguments)
    {
        var (status, output, errors) = await RunAsync(program, arguments);
        if (errors.Contains("No module named 'boto3'", StringComparison.Ordinal))
            Assert.Skip("python3 has no boto3 here.");
        if (errors.Contains("aws: command not found", StringComparison.Ordinal))
            Assert.Skip("There is no aws on this machine.");
        Assert.True(status == 0, output + errors);
        Assert.Equal(Snippet.Running(language).Prints, output);
    }

    private async Task<(int Status, string Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal))
            .ToArray()) start.Environment.Remove(name);
        start.Environment["AWS_ENDPOINT_URL"] = host.Address.GetLeftPart(UriPartial.Authority);
        start.Environment["AWS_REGION"] = start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = start.Environment["AWS_SECRET_ACCESS_KEY"] = "local";
        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_PAGER"] = "";
        start.Environment["NO_PROXY"] = "127.0.0.1";
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, output, await errors);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"There is no {program} on this machine.");
            throw;
        }
    }
}
