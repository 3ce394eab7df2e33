namespace Isobar.Tidy.Tests.Templates;

/// <summary>What AWS's own tools say about our templates, where they are installed.</summary>
public sealed class RealToolTests
{
    private const string Golden = "tests/golden/sam/properties";

    [Fact]
    public async Task Cfn_lint_finds_nothing_in_the_templates()
    {
        var (status, output, errors) = await Tool.RunAsync(
            "cfn-lint", ["--format", "parseable", "--", .. DeployableTemplates.Paths]);
        if (status == 127) Assert.Skip("There is no cfn-lint in the selected Python.");

        Assert.True(status == 0, output + errors);
    }

    [Fact]
    public async Task The_SAM_transform_takes_the_templates()
    {
        var (status, output, errors) = await PythonAsync(
            ["tests/Tidy.Tests/Templates/transform.py", .. DeployableTemplates.Paths]);

        Assert.True(status == 0 && output.Length == 0, output + errors);
    }

    [Fact]
    public async Task The_properties_that_we_take_SAM_to_know_are_those_that_its_transform_reads()
    {
        var (status, output, errors) = await PythonAsync([$"{Golden}.py"]);
        Assert.True(status == 0, errors);
        var source = output.Split('\n').First(line => line.Contains("\"source\"", StringComparison.Ordinal));
        var golden = Repository.Text($"{Golden}.json");
        if (!golden.Contains(source, StringComparison.Ordinal))
            Assert.Skip($"The list was made from another version than {source.Trim(' ', ',')}.");

        Assert.Equal(golden, output);
    }

    private static async Task<(int Status, string Output, string Errors)> PythonAsync(IEnumerable<string> arguments)
    {
        var run = await Tool.RunAsync("python3", arguments);
        if (run.Errors.Contains("ModuleNotFoundError", StringComparison.Ordinal))
            Assert.Skip($"python3 lacks a module here: {run.Errors.TrimEnd().Split('\n')[^1]}");
        return run;
    }
}
