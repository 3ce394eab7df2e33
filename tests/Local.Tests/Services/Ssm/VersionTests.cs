using System.Text.Json;

namespace Isobar.Local.Tests.Services.Ssm;

/// <summary>Versions of a parameter, and the labels that name them.</summary>
public sealed class VersionTests
{
    [Fact]
    public async Task A_label_selects_its_version_and_moves_to_another()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        await PutAsync(ssm, 3);

        Assert.Equal("""{"InvalidLabels":[],"ParameterVersion":1}""", await LabelAsync(ssm, 1, "live", "old"));
        Assert.Equal("1", (await ssm.GetAsync("limit:live")).GetProperty("Value").GetString());
        Assert.Equal("""{"InvalidLabels":[],"ParameterVersion":2}""", await LabelAsync(ssm, 2, "live"));

        var live = await ssm.GetAsync("limit:live");
        Assert.Equal(("2", ":live", 2), (live.GetProperty("Value").GetString(),
            live.GetProperty("Selector").GetString(), live.GetProperty("Version").GetInt32()));
        Assert.Equal("1", (await ssm.GetAsync("limit:old")).GetProperty("Value").GetString());
        Assert.Equal(["old"], await LabelsAsync(ssm, 1));
        Assert.Equal("""{"InvalidLabels":[],"ParameterVersion":3}""",
            (await ssm.OkAsync("LabelParameterVersion", """{"Name":"limit","Labels":["live"]}""")).GetRawText());
        Assert.Equal("""{"RemovedLabels":["live"],"InvalidLabels":["none"]}""", (await ssm.OkAsync(
            "UnlabelParameterVersion", """{"Name":"limit","ParameterVersion":3,"Labels":["live","none"]}"""))
            .GetRawText());
        Assert.Equal("400 ParameterVersionNotFound Systems Manager could not find version live of limit. Verify the "
            + "version and try again.", await ssm.ErrorAsync("GetParameter", """{"Name":"limit:live"}"""));
    }

    [Fact]
    public async Task What_can_not_be_a_label_is_told_and_the_others_are_attached()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        await PutAsync(ssm, 1);

        Assert.Equal("""{"InvalidLabels":["1st","awsone","SSM-two","a b"],"ParameterVersion":1}""",
            await LabelAsync(ssm, 1, "good", "1st", "awsone", "SSM-two", "a b"));

        Assert.Equal(["good"], await LabelsAsync(ssm, 1));
    }

    [Fact]
    public async Task A_version_has_10_labels_at_most_and_then_no_label_moves()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        await PutAsync(ssm, 2);
        await LabelAsync(ssm, 1, "one", "two");
        await LabelAsync(ssm, 2, [.. Enumerable.Range(0, 9).Select(i => $"l{i}")]);

        Assert.Equal("400 ParameterVersionLabelLimitExceeded A parameter version can have maximum 10 labels. Move one "
            + "or more labels to another version and try again.", await ssm.ErrorAsync(
                "LabelParameterVersion", """{"Name":"limit","ParameterVersion":2,"Labels":["one","two"]}"""));

        Assert.Equal(["one", "two"], await LabelsAsync(ssm, 1));
        await LabelAsync(ssm, 2, "one");
        Assert.Equal(10, (await LabelsAsync(ssm, 2)).Length);
    }

    [Fact]
    public async Task The_oldest_of_100_versions_is_not_dropped_while_it_has_a_label()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        await PutAsync(ssm, 100);
        await LabelAsync(ssm, 1, "live");

        Assert.Equal("400 ParameterMaxVersionLimitExceeded You attempted to create a new version of limit by calling "
            + "the PutParameter API with the overwrite flag. Version 1, the oldest version, can't be deleted because "
            + "it has a label associated with it. Move the label to another version of the parameter, and try again.",
            await ssm.ErrorAsync("PutParameter", """{"Name":"limit","Value":"101","Overwrite":true}"""));

        await LabelAsync(ssm, 2, "live");
        await ssm.PutAsync("limit", "101", overwrite: true);
        Assert.StartsWith("400 ParameterVersionNotFound",
            await ssm.ErrorAsync("GetParameter", """{"Name":"limit:1"}"""), StringComparison.Ordinal);
        Assert.Equal("2", (await ssm.GetAsync("limit:live")).GetProperty("Value").GetString());
    }

    [Fact]
    public async Task The_history_has_every_version_in_pages()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        await PutAsync(ssm, 3);
        await LabelAsync(ssm, 2, "live");

        var first = await ssm.OkAsync("GetParameterHistory", """{"Name":"limit","MaxResults":2}""");
        var second = await ssm.OkAsync("GetParameterHistory",
            $$"""{"Name":"limit","MaxResults":2,"NextToken":"{{first.GetProperty("NextToken").GetString()}}"}""");

        var version = first.GetProperty("Parameters")[1];
        Assert.Equal($$"""
            {"Name":"limit","Type":"String","LastModifiedDate":{{version.GetProperty("LastModifiedDate").GetRawText()}},
            "LastModifiedUser":"arn:aws:iam::000000000000:root","Value":"2","Version":2,"Labels":["live"],
            "Tier":"Standard","Policies":[],"DataType":"text"}
            """.ReplaceLineEndings(""), version.GetRawText());
        Assert.Equal(3, Assert.Single(second.GetProperty("Parameters").EnumerateArray())
            .GetProperty("Version").GetInt32());
        Assert.False(second.TryGetProperty("NextToken", out _));
        Assert.Equal("400 InvalidNextToken The specified token is not valid.", await ssm.ErrorAsync(
            "GetParameterHistory", """{"Name":"limit","NextToken":"?"}"""));
    }

    private static async Task PutAsync(SsmOnPortZero ssm, int versions)
    {
        for (var i = 1; i <= versions; i++) await ssm.PutAsync("limit", $"{i}", overwrite: i > 1);
    }

    private static async Task<string> LabelAsync(SsmOnPortZero ssm, int version, params string[] labels) =>
        (await ssm.OkAsync("LabelParameterVersion", $$"""
            {"Name":"limit","ParameterVersion":{{version}},"Labels":{{JsonSerializer.Serialize(labels)}}}
            """)).GetRawText();

    private static async Task<string[]> LabelsAsync(SsmOnPortZero ssm, int version)
    {
        var history = await ssm.OkAsync("GetParameterHistory", """{"Name":"limit"}""");
        return [.. history.GetProperty("Parameters").EnumerateArray()
            .Single(each => each.GetProperty("Version").GetInt32() == version)
            .GetProperty("Labels").EnumerateArray().Select(label => label.GetString()!)];
    }
}
