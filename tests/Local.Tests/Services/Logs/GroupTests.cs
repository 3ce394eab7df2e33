namespace Isobar.Local.Tests.Services.Logs;

public sealed class GroupTests
{
    [Fact]
    public async Task A_group_is_described_as_it_was_created()
    {
        await using var logs = await LogsOnPortZero.StartAsync();

        await logs.OkAsync("CreateLogGroup", """{"logGroupName":"/a/b","tags":{"env":"testing"}}""");
        await logs.OkAsync("PutRetentionPolicy", """{"logGroupName":"/a/b","retentionInDays":14}""");

        var described = await logs.OkAsync("DescribeLogGroups", """{"logGroupNamePrefix":"/a"}""");
        var group = Assert.Single(described.GetProperty("logGroups").EnumerateArray().ToArray());
        Assert.Equal($$"""
            {"logGroupName":"/a/b","creationTime":{{group.GetProperty("creationTime").GetInt64()}},
            "retentionInDays":14,"metricFilterCount":0,
            "arn":"arn:aws:logs:us-east-1:000000000000:log-group:/a/b:*","storedBytes":0,"logGroupClass":"STANDARD",
            "logGroupArn":"arn:aws:logs:us-east-1:000000000000:log-group:/a/b","deletionProtectionEnabled":false}
            """.ReplaceLineEndings(""), group.GetRawText());
        Assert.InRange(group.GetProperty("creationTime").GetInt64(), logs.Now - 60_000, logs.Now);
        await logs.OkAsync("DeleteRetentionPolicy", """{"logGroupName":"/a/b"}""");
        Assert.DoesNotContain(
            "retentionInDays", $"{await logs.OkAsync("DescribeLogGroups", "{}")}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_are_listed_by_name_in_pages_and_found_by_a_part_of_the_name()
    {
        await using var logs = await LogsOnPortZero.StartAsync();
        foreach (var name in (string[])["c", "a", "b", "/ab", "B"])
            await logs.OkAsync("CreateLogGroup", $$"""{"logGroupName":"{{name}}"}""");

        var first = await logs.OkAsync("DescribeLogGroups", """{"limit":3}""");
        var token = first.GetProperty("nextToken").GetString();
        var second = await logs.OkAsync("DescribeLogGroups", $$"""{"limit":3,"nextToken":"{{token}}"}""");

        Assert.Equal((string[])["/ab", "B", "a"], Names(first));
        Assert.Equal((string[])["b", "c"], Names(second));
        Assert.False(second.TryGetProperty("nextToken", out _));
        var found = await logs.OkAsync("DescribeLogGroups", """{"logGroupNamePattern":"b"}""");
        Assert.Equal((string[])["/ab", "b"], Names(found));
        Assert.DoesNotContain("storedBytes", $"{found}", StringComparison.Ordinal);
        const string invalid = "400 InvalidParameterException The specified nextToken is invalid.";
        Assert.Equal(invalid, await logs.ErrorAsync("DescribeLogGroups", """{"nextToken":"unknown"}"""));
        Assert.Equal(invalid, await logs.ErrorAsync(
            "DescribeLogGroups", $$"""{"logGroupNamePrefix":"a","nextToken":"{{token}}"}"""));
        logs.World.Clock.JumpBy(TimeSpan.FromHours(25));
        Assert.Equal(invalid, await logs.ErrorAsync("DescribeLogGroups", $$"""{"nextToken":"{{token}}"}"""));
    }

    [Theory]
    [InlineData("", "/a/one /a/two other-one")]
    [InlineData(""","logGroupNamePattern":"one" """, "/a/one other-one")]
    [InlineData(""","logGroupNamePattern":"^/a/|^other" """, "/a/one /a/two other-one")]
    [InlineData(""","logGroupNamePattern":"^one" """, "")]
    public async Task Groups_are_listed_by_parts_of_their_names(string more, string names)
    {
        await using var logs = await LogsOnPortZero.StartAsync();
        foreach (var name in (string[])["/a/one", "/a/two", "other-one"])
            await logs.OkAsync("CreateLogGroup", $$"""{"logGroupName":"{{name}}"}""");

        var listed = new List<string>();
        for (var token = ""; ;)
        {
            var page = await logs.OkAsync("ListLogGroups", $$"""{"limit":2{{more}}{{token}}}""");
            listed.AddRange(Names(page));
            if (!page.TryGetProperty("nextToken", out var next)) break;
            token = $$""","nextToken":"{{next.GetString()}}" """;
        }

        Assert.Equal(names, string.Join(' ', listed));
    }

    [Theory]
    [InlineData("ListLogGroups", """{"logGroupNamePattern":"ab"}""", "InvalidParameterException 1 validation error "
        + "detected: Value 'ab' at 'logGroupNamePattern' failed to satisfy constraint: Member must satisfy regular "
        + @"expression pattern: (\^?[\.\-_\/#A-Za-z0-9]{3,24})(\|\^?[\.\-_\/#A-Za-z0-9]{3,24}){0,4}")]
    [InlineData("CreateLogGroup", """{"logGroupName":"g"}""",
        "ResourceAlreadyExistsException The specified log group already exists")]
    [InlineData("CreateLogGroup", "{}", "InvalidParameterException 1 validation error detected: Value null at "
        + "'logGroupName' failed to satisfy constraint: Member must not be null")]
    [InlineData("CreateLogGroup", """{"logGroupName":"a:b"}""", "InvalidParameterException 1 validation error "
        + "detected: Value 'a:b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular "
        + @"expression pattern: [\.\-_/#A-Za-z0-9]+")]
    [InlineData("CreateLogGroup", """{"logGroupName":"x","kmsKeyId":"k"}""",
        "InvalidParameterException KMS keys are not supported: kmsKeyId must not be given.")]
    [InlineData("CreateLogGroup", """{"logGroupName":"x","logGroupClass":"INFREQUENT_ACCESS"}""",
        "InvalidParameterException The log group class INFREQUENT_ACCESS is not supported.")]
    [InlineData("CreateLogGroup", """{"logGroupName":"x","logGroupClass":"FAST"}""",
        "InvalidParameterException 1 validation error detected: Value 'FAST' at 'logGroupClass' failed to satisfy "
        + "constraint: Member must satisfy enum value set: [INFREQUENT_ACCESS, DELIVERY, STANDARD]")]
    [InlineData("CreateLogGroup", """{"logGroupName":"aws/x"}""",
        "InvalidParameterException Log groups starting with aws/ are reserved for AWS.")]
    [InlineData("CreateLogGroup", """{"logGroupName":"x","tags":{}}""", "InvalidParameterException 1 validation "
        + "error detected: Value '{}' at 'tags' failed to satisfy constraint: Member must have length greater than or "
        + "equal to 1")]
    [InlineData("CreateLogGroup", """{"logGroupName":"x","colour":"red"}""",
        "InvalidParameterException The parameter at $.colour is not supported.")]
    [InlineData("DeleteLogGroup", """{"logGroupName":"x"}""",
        "ResourceNotFoundException The specified log group does not exist.")]
    [InlineData("PutRetentionPolicy", """{"logGroupName":"g","retentionInDays":2}""", "InvalidParameterException 1 "
        + "validation error detected: Value '2' at 'retentionInDays' failed to satisfy constraint: Member must satisfy "
        + "enum value set: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, "
        + "2922, 3288, 3653]")]
    [InlineData("PutRetentionPolicy", """{"logGroupName":"x","retentionInDays":1}""",
        "ResourceNotFoundException The specified log group does not exist.")]
    [InlineData("DescribeLogGroups", """{"logGroupNamePrefix":"a","logGroupNamePattern":"b"}""",
        "InvalidParameterException LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.")]
    [InlineData("DescribeLogGroups", """{"limit":51}""", "InvalidParameterException 1 validation error detected: "
        + "Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50")]
    [InlineData("PutMetricFilter", "{}",
        "UnknownOperationException The operation Logs_20140328.PutMetricFilter is not known here.")]
    public async Task What_breaks_a_rule_is_refused_in_AWSs_words(string operation, string request, string error)
    {
        await using var logs = await LogsOnPortZero.StartAsync();
        await logs.OkAsync("CreateLogGroup", """{"logGroupName":"g"}""");

        Assert.Equal($"400 {error}", await logs.ErrorAsync(operation, request));
    }

    [Fact]
    public async Task A_name_has_512_characters_at_most()
    {
        await using var logs = await LogsOnPortZero.StartAsync();
        await logs.OkAsync("CreateLogGroup", $$"""{"logGroupName":"{{new string('a', 512)}}"}""");

        Assert.Equal(
            "400 InvalidParameterException Invalid LogGroup or LogStream, both must have length less than or equal to "
            + "512.", await logs.ErrorAsync("CreateLogGroup", $$"""{"logGroupName":"{{new string('a', 513)}}"}"""));
    }

    [Fact]
    public async Task Tags_are_those_of_both_APIs()
    {
        await using var logs = await LogsOnPortZero.StartAsync();
        const string arn = "arn:aws:logs:us-east-1:000000000000:log-group:g";
        await logs.OkAsync("CreateLogGroup", """{"logGroupName":"g","tags":{"env":"testing"}}""");

        await logs.OkAsync("TagResource", $$$"""{"resourceArn":"{{{arn}}}","tags":{"env":"other","a":"1"}}""");
        await logs.OkAsync("TagLogGroup", """{"logGroupName":"g","tags":{"b":"2"}}""");
        await logs.OkAsync("UntagResource", $$"""{"resourceArn":"{{arn}}","tagKeys":["a","none"]}""");

        foreach (var answer in (System.Text.Json.JsonElement[])[
            await logs.OkAsync("ListTagsForResource", $$"""{"resourceArn":"{{arn}}"}"""),
            await logs.OkAsync("ListTagsLogGroup", """{"logGroupName":"g"}""")])
            Assert.Equal("""{"tags":{"env":"other","b":"2"}}""", answer.GetRawText());
        await logs.OkAsync("UntagLogGroup", """{"logGroupName":"g","tags":["env"]}""");
        var many = string.Join(',', Enumerable.Range(0, 50).Select(i => $"\"k{i}\":\"\""));
        Assert.StartsWith("400 InvalidParameterException The number of tags is more than 50.", await logs.ErrorAsync(
            "TagLogGroup", $$$"""{"logGroupName":"g","tags":{{{{many}}}}}"""), StringComparison.Ordinal);
        Assert.Equal("400 ResourceNotFoundException The specified log group does not exist.", await logs.ErrorAsync(
            "ListTagsForResource", """{"resourceArn":"arn:aws:logs:eu-west-1:000000000000:log-group:g"}"""));
    }

    private static string[] Names(System.Text.Json.JsonElement answer) =>
        [.. answer.GetProperty("logGroups").EnumerateArray()
            .Select(group => group.GetProperty("logGroupName").GetString()!)];
}
