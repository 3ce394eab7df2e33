using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Isobar.Tidy.Tests.Stories;
using Isobar.Tidy.Tests.Templates;

namespace Isobar.Tidy.Tests.Workshop;

/// <summary>
/// The blocks <c>console account</c> of the workshop's chapters need an AWS account, so no test runs their commands.
/// What can be checked without one: bash reads them, and the files, profiles and parameters in them exist.
/// </summary>
public sealed partial class AccountCommands
{
    private const string Folder = "docs/workshop";

    public static TheoryData<string> Commands =>
        [.. from file in Repository.Files(Folder, ".md")
            from Match block in Block().Matches(Repository.Text(file))
            from line in block.Groups["text"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            select line];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_is_one_line_that_bash_can_read(string line)
    {
        Assert.StartsWith("$ ", line, StringComparison.Ordinal);
        var (status, _, errors) = await Tool.RunAsync("bash", ["-n", "-c", line[2..]]);
        Assert.True(status == 0, $"{errors}\n{line}");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_files_profiles_and_parameters_in_a_command_exist(string line)
    {
        Assert.All(
            RepositoryPath().Matches(line),
            path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path.Value)), path.Value));

        var profile = Profile().Match(line) is { Success: true } named ? named.Groups["name"].Value : "default";
        Assert.Contains($"[{profile}.deploy.parameters]", Repository.Text("samconfig.toml"), StringComparison.Ordinal);
        var template = profile == "edge" ? "infra/stacks/edge.yaml" : "template.yaml";
        var known = ((JsonObject)Template.Read(template).Written["Parameters"]!).Select(parameter => parameter.Key);
        if (Overrides().Match(line) is { Success: true } overrides)
            Assert.All(
                ParameterName().Matches(overrides.Groups["text"].Value),
                name => Assert.Contains(name.Groups["name"].Value, known));
    }

    [GeneratedRegex(@"^```console account\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?<![\w/.:-])(docs|edge|extensions|functions|infra|layers|samples|tests)/[\w./-]+")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"--config-env (?<name>\w+)")]
    private static partial Regex Profile();

    [GeneratedRegex("""--parameter-overrides "(?<text>[^"]*)""")]
    private static partial Regex Overrides();

    [GeneratedRegex(@"(?:^|\s)(?<name>\w+)=")]
    private static partial Regex ParameterName();
}
