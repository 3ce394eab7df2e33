using System.Text.RegularExpressions;
using Isobar.Local;
using Isobar.Stories.HostLife;

namespace Isobar.Stories.Documents;

/// <summary>
/// The commands of docs/DEPLOY.md: those that the local host can answer are run there, the others are run with SAM,
/// git, Docker and deletions replaced by functions that write down how they were called.
/// </summary>
public sealed partial class DeployDocumentStories
{
    private const string Document = "docs/DEPLOY.md";

    private static readonly string Text = File.ReadAllText(Repository.In("docs", "DEPLOY.md"));
    private static readonly IReadOnlyList<DocumentBlock> Blocks = DocumentBlock.In(Text);

    // On AWS each service has its own address, and the API too; version 1 of the CLI takes SQS's from the queue.
    private const string OnThisMachine = """
        set -euo pipefail
        aws() {
          if [ "$1" = sqs ]; then command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; else command aws "$@"; fi
        }
        curl() {
          local given=() each
          for each in "$@"; do
            if [[ $each =~ ^https://([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(/.*)$ ]]; then
              each="$AWS_ENDPOINT_URL/_aws/execute-api/${BASH_REMATCH[1]}${BASH_REMATCH[2]}"
            fi
            given+=("$each")
          done
          command curl --noproxy '*' "${given[@]}"
        }
        # A time to live of half a minute, which only callers of the API would have to wait for.
        sleep() { [ "$1" -ge 30 ] || command sleep "$1"; }
        command aws s3 mb s3://isobar-open-data
        command aws s3 cp --no-progress samples/data/XIW00000001.csv \
          s3://isobar-open-data/csv/by_station/USW00094728.csv

        """;

    // A command that the CLI itself refuses ends with a usage message, and one that the host lacks with AWS's error.
    private const string WithoutAnAccount = """
        aws() {
          local said
          case "$1 $2" in "cloudformation delete-stack" | "cloudformation wait")
            printf 'CALLED aws'; printf ' [%s]' "$@"; echo; return ;;
          esac
          said=$(command aws "$@" 2>&1) && { echo "$said"; return; }
          case $said in
            *usage:* | *"Unknown options"* | *"Parameter validation failed"* | *"Invalid choice"*)
              echo "REFUSED aws $*: $said"; exit 1 ;;
          esac
        }
        for stubbed in sam git rm docker make infra/teardown.sh; do
          eval "$stubbed() { printf 'CALLED $stubbed'; printf ' [%s]' \"\$@\"; echo; }"
        done

        """;

    [Fact]
    public async Task The_commands_that_need_no_account_do_on_the_local_host_what_the_document_says()
    {
        var run = await RunAsync(OnThisMachine, Blocks.Where(block => !block.NeedsAccount));

        Assert.Contains("\"state\":\"landed\"", run, StringComparison.Ordinal);
        Assert.Matches(@"curated/[0-9a-f]{64}/0\.jsonl\.gz", run);
        Assert.Contains("ChunksDeadLetterQueueUrl 0", run, StringComparison.Ordinal);
        Assert.Matches(@"/isobar/token-keys, version 2:\n\S+  signs now\n\S+  next\n", run);
        Assert.Matches(@"/isobar/token-keys, version 3:\n\S+  signs now\n(?!\S+  next)", run);
    }

    [Fact]
    public async Task The_commands_that_need_an_account_are_understood_and_name_what_is_there()
    {
        var run = await RunAsync(
            OnThisMachine + WithoutAnAccount,
            Blocks.Where(block => block.NeedsAccount || block.Text.StartsWith("STACK=", StringComparison.Ordinal)
                || block.Text.StartsWith("isobar()", StringComparison.Ordinal)));

        var called = run.Split('\n').Where(line => line.StartsWith("CALLED ", StringComparison.Ordinal)).ToArray();
        Assert.Contains(called, line => line.StartsWith(
            "CALLED sam [deploy] [--parameter-overrides] [TokenPublicKeys=e", StringComparison.Ordinal));
        Assert.Contains("CALLED infra/teardown.sh [isobar]", called);
        Assert.Contains("\"Status\": \"InProgress\"", run, StringComparison.Ordinal);
        var core = await File.ReadAllTextAsync(Repository.In("template.yaml"));
        var edge = await File.ReadAllTextAsync(Repository.In("infra", "stacks", "edge.yaml"));
        var live = await File.ReadAllTextAsync(Repository.In("infra", "stacks", "live.yaml"));
        Assert.All(
            called.SelectMany(line => Parameter().Matches(line)).Select(match => match.Groups["name"].Value),
            name => Assert.True(
                (core + edge + live).Contains($"\n  {name}:\n    Type: ", StringComparison.Ordinal),
                $"{name} is no parameter"));
        Assert.All(
            called.SelectMany(line => FunctionName().Matches(line)).Select(match => match.Groups["name"].Value),
            name => Assert.Contains($"\n  {name}:\n", core, StringComparison.Ordinal));
        Assert.All(
            called.SelectMany(line => Profile().Matches(line)).Select(match => match.Groups["name"].Value),
            name => Assert.Contains(
                $"\n[{name}.deploy.parameters]\n", File.ReadAllText(Repository.In("samconfig.toml")),
                StringComparison.Ordinal));
    }

    [Fact]
    public void Every_command_of_isobar_in_the_document_is_one()
    {
        var commands = Blocks.SelectMany(block => block.OwnCommands()).ToArray();

        Assert.True(commands.Length >= 4, "The document has fewer commands of isobar than it should.");
        Assert.All(commands, command => Assert.Empty(Program.CommandLine().Parse(command).Errors));
    }

    // The variables of one block are there in the next: a reader has one shell open.
    private static async Task<string> RunAsync(string before, IEnumerable<DocumentBlock> blocks)
    {
        using var home = new TemporaryHome();
        var keys = HostProcess.Start(home.Surroundings, "token", "keys");
        await using (keys) Assert.Equal(0, await keys.EndAsync());
        await using var host = HostProcess.Start(
            home.Surroundings, "up", "--port", "0", "--no-build", "--configuration", Repository.Configuration,
            "--parameter-overrides", $"TokenPublicKeys={keys.Output.Trim()}");
        var client = new ClientShell(await host.AddressAsync(), home.Surroundings.Variables);

        var script = before + string.Concat(
            blocks.Select(block => $"echo '{Document}:{block.Line}'\n{block.Text}\n"));
        var (status, output, errors) = await client.RunAsync(
            script.Replace("dotnet run --project infra/local --", $"dotnet {Repository.Host}",
                    StringComparison.Ordinal)
                // The key is this run's own, and the file the checkout's.
                .Replace("edge/auth/keys.json", Path.Combine(home.Folder, "keys.json"), StringComparison.Ordinal));
        Assert.True(status == 0, $"{status}\n{output}\n{errors}");
        return output;
    }

    [GeneratedRegex(@"(?<name>[A-Z]\w+)=")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\[--name\] \[(?<name>\w+)\]")]
    private static partial Regex FunctionName();

    [GeneratedRegex(@"\[--config-env\] \[(?<name>\w+)\]")]
    private static partial Regex Profile();
}
