namespace Isobar.Local.Tests.Services.Ssm;

public sealed class ParameterTests
{
    private const string Create = """{"Name":"limit","Value":"10","Type":"String"}""";

    [Fact]
    public async Task A_parameter_is_read_as_it_was_written()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();

        Assert.Equal("""{"Tier":"Standard","Version":1}""", (await ssm.OkAsync("PutParameter", Create)).GetRawText());
        var now = ssm.World.Clock.GetUtcNow();

        var read = await ssm.GetAsync("limit");
        var date = read.GetProperty("LastModifiedDate").GetDecimal();
        Assert.InRange(date, (now.ToUnixTimeMilliseconds() / 1_000m) - 60, now.ToUnixTimeMilliseconds() / 1_000m);
        Assert.Equal($$"""
            {"ARN":"arn:aws:ssm:us-east-1:000000000000:parameter/limit","DataType":"text",
            "LastModifiedDate":{{read.GetProperty("LastModifiedDate").GetRawText()}},"Name":"limit","Type":"String",
            "Value":"10","Version":1}
            """.ReplaceLineEndings(""), read.GetRawText());
    }

    [Theory]
    [InlineData("limit", "arn:aws:ssm:us-east-1:000000000000:parameter/limit")]
    [InlineData("/isobar/limit", "arn:aws:ssm:us-east-1:000000000000:parameter/isobar/limit")]
    [InlineData("/limit", "arn:aws:ssm:us-east-1:000000000000:parameter/limit")]
    public async Task A_parameter_is_found_by_its_ARN(string name, string arn)
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        await ssm.PutAsync(name, "10");

        var read = await ssm.GetAsync(arn);

        Assert.Equal((name, arn), (read.GetProperty("Name").GetString(), read.GetProperty("ARN").GetString()));
    }

    [Fact]
    public async Task Overwriting_makes_the_next_version_and_the_older_ones_can_be_selected()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        await ssm.PutAsync("limit", "10");

        Assert.Equal(
            "400 ParameterAlreadyExists The parameter already exists. To overwrite this value, set the overwrite "
            + "option in the request to true.", await ssm.ErrorAsync("PutParameter", Create));
        Assert.Equal(2, (await ssm.PutAsync("limit", "20", overwrite: true)).GetProperty("Version").GetInt64());
        await ssm.OkAsync("PutParameter", """{"Name":"limit","Value":"30","Overwrite":true}""");

        Assert.Equal("30", (await ssm.GetAsync("limit")).GetProperty("Value").GetString());
        var second = await ssm.GetAsync("limit:2");
        Assert.Equal(("20", ":2", "limit"), (second.GetProperty("Value").GetString(),
            second.GetProperty("Selector").GetString(), second.GetProperty("Name").GetString()));
        Assert.Equal(
            "400 ParameterVersionNotFound Systems Manager could not find version 4 of limit. Verify the version and "
            + "try again.", await ssm.ErrorAsync("GetParameter", """{"Name":"limit:4"}"""));
    }

    [Fact]
    public async Task A_hundred_versions_are_kept()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        await ssm.PutAsync("limit", "1");
        for (var i = 2; i <= 101; i++) await ssm.PutAsync("limit", $"{i}", overwrite: true);

        Assert.StartsWith("400 ParameterVersionNotFound",
            await ssm.ErrorAsync("GetParameter", """{"Name":"limit:1"}"""), StringComparison.Ordinal);
        Assert.Equal("2", (await ssm.GetAsync("limit:2")).GetProperty("Value").GetString());
        Assert.Equal(101, (await ssm.GetAsync("limit")).GetProperty("Version").GetInt64());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("none:1")]
    [InlineData("/none/at/all")]
    [InlineData("arn:aws:ssm:eu-west-1:000000000000:parameter/limit")]
    [InlineData("arn:aws:ssm:us-east-1:111111111111:parameter/limit")]
    [InlineData("arn:aws:ssm:us-east-1:000000000000:document/limit")]
    public async Task A_parameter_that_is_not_there_is_not_found(string name)
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        await ssm.PutAsync("limit", "10");

        Assert.Equal(
            "400 ParameterNotFound", await ssm.ErrorAsync("GetParameter", $$"""{"Name":"{{name}}"}"""));
    }

    [Fact]
    public async Task Each_Region_has_parameters_of_its_own()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        await ssm.PutAsync("limit", "10");

        Assert.Equal(
            "400 ParameterNotFound", await ssm.ErrorAsync("GetParameter", """{"Name":"limit"}""", "eu-west-1"));
        await ssm.PostAsync("PutParameter", Create.Replace("10", "99", StringComparison.Ordinal), "eu-west-1");

        Assert.Equal("10", (await ssm.GetAsync("limit")).GetProperty("Value").GetString());
        var other = await ssm.GetAsync("limit", "eu-west-1");
        Assert.Equal(("99", "arn:aws:ssm:eu-west-1:000000000000:parameter/limit"),
            (other.GetProperty("Value").GetString(), other.GetProperty("ARN").GetString()));
    }

    [Theory]
    [InlineData("""{"Value":"1","Type":"String"}""",
        "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null")]
    [InlineData("""{"Name":"","Type":"Text"}""",
        "3 validation errors detected: Value null at 'value' failed to satisfy constraint: Member must not be null; "
        + "Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1; "
        + "Value 'Text' at 'type' failed to satisfy constraint: Member must satisfy enum value set: "
        + "[SecureString, StringList, String]")]
    [InlineData("""{"Name":"a","Value":"","Type":"String"}""",
        "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length "
        + "greater than or equal to 1")]
    [InlineData("""{"Name":"a/b","Value":"1","Type":"String"}""", "Parameter name must be a fully qualified name")]
    [InlineData("""{"Name":"AWSlimit","Value":"1","Type":"String"}""",
        "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).")]
    [InlineData("""{"Name":"/ssm/limit","Value":"1","Type":"String"}""",
        "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can consist of "
        + "sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the "
        + "following 3 symbols .-_")]
    [InlineData("""{"Name":"a","Value":"1"}""", "A parameter type is required when you create a parameter.")]
    [InlineData("""{"Name":"a","Value":"1","Type":"String","DataType":"Text"}""",
        "The following data type is not supported: Text (Data type names are all lowercase.)")]
    [InlineData("""{"Name":"a","Value":"1","Type":"String","KeyId":"alias/a"}""",
        "KeyId is required for SecureString type parameter only.")]
    [InlineData("""{"Name":"a","Value":"1","Type":"String","Overwrite":true,"Tags":[{"Key":"a","Value":"b"}]}""",
        "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove "
        + "overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or "
        + "RemoveTagsFromResource.")]
    [InlineData("""{"Name":"a","Value":"1","Type":"String","Policies":"[]"}""",
        "The parameter at $.Policies is not supported.")]
    public async Task What_breaks_a_rule_is_refused_in_AWSs_words(string request, string message)
    {
        await using var ssm = await SsmOnPortZero.StartAsync();

        Assert.Equal($"400 ValidationException {message}", await ssm.ErrorAsync("PutParameter", request));
    }

    [Theory]
    [InlineData("[0-9]+", "1a", "ParameterPatternMismatchException Parameter value, cannot be validated against "
        + "allowedPattern: [0-9]+")]
    [InlineData("[", "1", "InvalidAllowedPatternException The request does not meet the regular expression "
        + "requirement: [")]
    public async Task A_value_must_match_its_pattern(string pattern, string value, string error)
    {
        await using var ssm = await SsmOnPortZero.StartAsync();

        Assert.Equal($"400 {error}", await ssm.ErrorAsync("PutParameter",
            $$"""{"Name":"a","Value":"{{value}}","Type":"String","AllowedPattern":"{{pattern}}"}"""));
    }

    [Fact]
    public async Task An_overwrite_keeps_type_pattern_and_description_unless_it_says_otherwise()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        await ssm.OkAsync("PutParameter",
            """{"Name":"a","Value":"1,2","Type":"StringList","AllowedPattern":"[0-9,]+","Description":"both"}""");

        Assert.StartsWith("400 ParameterPatternMismatchException", await ssm.ErrorAsync(
            "PutParameter", """{"Name":"a","Value":"x","Overwrite":true}"""), StringComparison.Ordinal);
        await ssm.OkAsync("PutParameter", """{"Name":"a","Value":"3","Overwrite":true}""");

        var described = (await ssm.OkAsync("DescribeParameters", "{}")).GetProperty("Parameters")[0];
        Assert.Equal(("StringList", "[0-9,]+", "both", 2), (described.GetProperty("Type").GetString(),
            described.GetProperty("AllowedPattern").GetString(), described.GetProperty("Description").GetString(),
            described.GetProperty("Version").GetInt32()));
    }

    [Theory]
    [InlineData("Advanced", 8_192, "Advanced")]
    [InlineData("Intelligent-Tiering", 4_096, "Standard")]
    [InlineData("Intelligent-Tiering", 8_192, "Advanced")]
    public async Task The_advanced_tier_takes_8192_characters_and_is_not_left_again(
        string tier, int length, string becomes)
    {
        await using var ssm = await SsmOnPortZero.StartAsync();

        Assert.Equal(becomes, (await ssm.OkAsync("PutParameter", Request(length))).GetProperty("Tier").GetString());

        Assert.Equal("400 ValidationException Advanced tier parameters support a maximum parameter value of 8192 "
            + "characters.", await ssm.ErrorAsync("PutParameter", Request(8_193)));
        if (becomes == "Standard") return;
        Assert.StartsWith("400 ValidationException This parameter uses the advanced-parameter tier. You can't "
            + "downgrade", await ssm.ErrorAsync("PutParameter",
                """{"Name":"a","Value":"1","Overwrite":true,"Tier":"Standard"}"""), StringComparison.Ordinal);

        string Request(int characters) => $$"""
            {"Name":"a","Value":"{{new string('x', characters)}}","Type":"String","Tier":"{{tier}}","Overwrite":true}
            """;
    }

    [Fact]
    public async Task A_value_has_4096_characters_at_most_and_a_path_15_levels()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        await ssm.PutAsync("value", new string('é', 4_096));
        await ssm.PutAsync(string.Concat(Enumerable.Repeat("/a", 15)), "deep");

        Assert.StartsWith("400 ValidationException Standard tier parameters support a maximum parameter value of 4096 "
            + "characters.", await ssm.ErrorAsync("PutParameter",
                $$"""{"Name":"b","Value":"{{new string('é', 4_097)}}","Type":"String"}"""), StringComparison.Ordinal);
        Assert.Equal("400 HierarchyLevelLimitExceededException A hierarchy can have a maximum of 15 levels.",
            await ssm.ErrorAsync("PutParameter", $$"""
                {"Name":"{{string.Concat(Enumerable.Repeat("/a", 16))}}","Value":"1","Type":"String"}
                """));
        Assert.Equal("400 AccessDeniedException No access to reserved parameter name: /aws/limit.",
            await ssm.ErrorAsync("PutParameter", """{"Name":"/aws/limit","Value":"1","Type":"String"}"""));
    }
}
