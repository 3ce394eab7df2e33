using Amazon.DynamoDBv2.Model;

namespace Isobar.Local.Tests.Services.DynamoDb;

/// <summary>Sources of the texts: the findings of ack-api-quirks (tags, October 2026) and architect/dynalite
/// (test/tagResource.js), from AWS.</summary>
public sealed class TagTests
{
    private const string Arn = TableCalls.TableArn;

    [Fact]
    public async Task Tags_are_added_replaced_listed_and_removed()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        await host.Client.TagResourceAsync(new()
        {
            ResourceArn = Arn, Tags = [new() { Key = "b", Value = "1" }, new() { Key = "a", Value = "" }],
        });
        await host.Client.TagResourceAsync(new() { ResourceArn = Arn, Tags = [new() { Key = "b", Value = "2" }] });

        Assert.Equal("a= b=2", await ListAsync(host));
        await host.Client.UntagResourceAsync(new() { ResourceArn = Arn, TagKeys = ["a", "nowhere"] });
        Assert.Equal("b=2", await ListAsync(host));
    }

    [Fact]
    public async Task A_table_is_created_with_tags_and_a_new_one_of_its_name_has_none_of_them()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        await host.Client.DeleteTableAsync(DynamoDbOnPortZero.Table);
        const string create = """
            {"TableName":"jobs","BillingMode":"PAY_PER_REQUEST",
            "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],
            "KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],"Tags":[
            """;

        await host.OkAsync("CreateTable", create + """{"Key":"team","Value":"data"}]}""");
        Assert.Equal("team=data", await ListAsync(host));
        await host.Client.DeleteTableAsync(DynamoDbOnPortZero.Table);
        await host.OkAsync("CreateTable", create + "]}");
        Assert.Equal("", await ListAsync(host));
    }

    [Theory]
    [InlineData("TagResource", "\"Tags\":[]", "Atleast one Tag needs to be provided as Input.")]
    [InlineData("TagResource", "\"Tags\":[{\"Key\":\"ok\",\"Value\":\"v\"},{\"Key\":\"\",\"Value\":\"v\"}]",
        "The Tag Key provided is invalid, Key: ")]
    [InlineData("TagResource", "\"Tags\":[{\"Key\":\"ok\"}]", "The Tag Value provided is invalid, Value: null")]
    [InlineData("TagResource", "\"Tags\":[{\"Key\":\"ok\",\"Value\":\"a,b\"}]",
        "The Tag Value provided is invalid, Value: a,b")]
    [InlineData("TagResource", "\"Tags\":[{\"Key\":\"aws:zzz\",\"Value\":\"v\"}]",
        "Tag Key cannot be prefixed with aws:, Key: aws:zzz")]
    [InlineData("TagResource", "\"Tags\":[{\"Key\":\"dup\",\"Value\":\"1\"},{\"Key\":\"dup\",\"Value\":\"2\"}]",
        "Duplicate Tag Keys provided as input: Duplicate Tag Key found dup")]
    [InlineData("UntagResource", "\"TagKeys\":[]", "Atleast one Tag Key needs to be provided as Input.")]
    public async Task What_is_no_tag_changes_nothing(string operation, string members, string message)
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();

        Assert.Equal(("ValidationException", message),
            await host.ErrorAsync(operation, $"{{\"ResourceArn\":\"{Arn}\",{members}}}"));
        Assert.Equal("", await ListAsync(host));
    }

    [Fact]
    public async Task A_table_has_at_most_50_tags()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        await host.Client.TagResourceAsync(new() { ResourceArn = Arn, Tags = [.. Many(50)] });
        await host.Client.TagResourceAsync(new() { ResourceArn = Arn, Tags = [.. Many(50)] });

        Assert.Equal("Number of Tags exceed the current limit for the provided ResourceArn",
            (await host.ErrorAsync("TagResource",
                $"{{\"ResourceArn\":\"{Arn}\",\"Tags\":[{{\"Key\":\"more\",\"Value\":\"\"}}]}}")).Message);
        Assert.Equal(50, (await ListAsync(host)).Split(' ').Length);

        static IEnumerable<Tag> Many(int count) =>
            Enumerable.Range(0, count).Select(i => new Tag { Key = $"key-{i}", Value = "v" });
    }

    [Theory]
    [InlineData("jobs", "ValidationException", "One or more parameter values were invalid: "
        + "ARNs must start with 'arn:': jobs")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:jobs", "ValidationException",
        "One or more parameter values were invalid: "
        + "Provided Arn is not a DynamoDB resource arn: arn:aws:sqs:us-east-1:000000000000:jobs")]
    [InlineData(Arn + "/index/by", "ValidationException", "One or more parameter values were invalid: Invalid resource "
        + "arn provided, only table or stream is accepted. Provided resource arn: " + Arn + "/index/by")]
    [InlineData(Arn + "x", "ResourceNotFoundException",
        "Requested resource not found: ResourcArn: " + Arn + "x not found")]
    public async Task Only_a_table_has_tags(string resource, string code, string message)
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();

        Assert.Equal((code, message),
            await host.ErrorAsync("ListTagsOfResource", $"{{\"ResourceArn\":\"{resource}\"}}"));
    }

    private static async Task<string> ListAsync(DynamoDbOnPortZero host) => string.Join(' ',
        (await host.Client.ListTagsOfResourceAsync(new() { ResourceArn = Arn })).Tags
            .Select(tag => $"{tag.Key}={tag.Value}"));
}
