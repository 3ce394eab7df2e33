using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Services.DynamoDb;

/// <summary>
/// The same fault in the requests of several operations: AWS has renewed the checks, and the texts, of some of them.
/// </summary>
public sealed class RequestFaultTests
{
    private const string Prefix = "1 validation error detected: ";
    private const string Table = DynamoDbOnPortZero.Table;

    private const string Condition = "\"ConditionExpression\":";

    private static readonly string[] Writes = ["PutItem", "UpdateItem", "DeleteItem"];

    public static TheoryData<string, string> FaultsOfConditions => new()
    {
        { Condition + "\"\"", "Invalid ConditionExpression: The expression can not be empty;" },
        { Condition + "\"a =\"", "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"=\"" },
        { Condition + "\"((attribute_exists(a)))\"",
            "Invalid ConditionExpression: The expression has redundant parentheses;" },
        { Condition + "\"a = :v\"", "Invalid ConditionExpression: An expression attribute value used in expression is "
            + "not defined; attribute value: :v" },
        { Condition + "\"#n = a\"", "Invalid ConditionExpression: An expression attribute name used in the document "
            + "path is not defined; attribute name: #n" },
        { Condition + "\"status = a\"",
            "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: status" },
        { Condition + "\"attribute_exists(a)\",\"ExpressionAttributeValues\":{}",
            "ExpressionAttributeValues must not be empty" },
        { Condition + "\"attribute_exists(a)\",\"ExpressionAttributeNames\":{}",
            "ExpressionAttributeNames must not be empty" },
        { Condition + "\"attribute_exists(a)\",\"ExpressionAttributeNames\":{\"a\":\"b\"}",
            "ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\"" },
        { "\"ExpressionAttributeNames\":{\"#a\":\"a\"}",
            "ExpressionAttributeNames can only be specified when using expressions" },
        { "\"ExpressionAttributeValues\":{\":a\":{\"S\":\"a\"}}",
            "ExpressionAttributeValues can only be specified when using expressions" },
    };

    public static TheoryData<string, string, string> FaultsOfValues => new()
    {
        { """{"NULL":false}""", "One or more parameter values were invalid: Null attribute value types must have the "
            + "value of true", "" },
        { """{"SS":[]}""", "One or more parameter values were invalid: An string set  may not be empty", "" },
        { """{"N":"abc"}""", "The parameter cannot be converted to a numeric value: abc", "" },
        { """{"N":""}""", "The parameter cannot be converted to a numeric value: ",
            "The parameter cannot be converted to a numeric value" },
        { """{"N":"1e126"}""", "Number overflow. Attempting to store a number with magnitude larger than supported "
            + "range", "" },
        { """{"L":[{"N":"1e-131"}]}""", "Number underflow. Attempting to store a number with magnitude smaller than "
            + "supported range", "" },
        { """{"SS":["b","a","b"]}""",
            """One or more parameter values were invalid: Input collection ["a", "b", "b"] contains duplicates.""",
            "One or more parameter values were invalid: Input collection [b, a, b] contains duplicates." },
        { """{"BS":["/w==","AA==","AA=="]}""", "One or more parameter values were invalid: Input collection "
                + "[\"AA==\",\"/w==\",\"AA==\"]of type BS contains duplicates.",
            "One or more parameter values were invalid: Input collection [/w==, AA==, AA==]of type BS contains "
                + "duplicates." },
        { """{"NS":["2","1","2"]}""",
            "One or more parameter values were invalid: Input collection contains duplicates.",
            "Input collection contains duplicates" },
    };

    [Theory]
    [MemberData(nameof(FaultsOfConditions))]
    public async Task A_write_of_one_item_counts_the_faults_of_its_expressions(string members, string message)
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();

        foreach (var operation in Writes) Assert.Equal(Prefix + message, await FaultAsync(host, operation, members));
    }

    [Theory]
    [InlineData("SET a =",
        "Invalid UpdateExpression: Syntax error; token: \"<EOF>\", near: \"=\"")]
    [InlineData("INVALID SYNTAX HERE",
        "Invalid UpdateExpression: Syntax error; token: \"INVALID\", near: \"INVALID SYNTAX\"")]
    [InlineData("SET a = :v", "Invalid UpdateExpression: An expression attribute value used in expression is not "
        + "defined; attribute value: :v")]
    [InlineData("", "Invalid UpdateExpression: The expression can not be empty;")]
    public async Task UpdateItem_counts_the_faults_of_its_update_and_a_transaction_does_not(
        string update, string message)
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        var member = $"\"UpdateExpression\":\"{update}\"";

        Assert.Equal(Prefix + message, await FaultAsync(host, "UpdateItem", member));
        Assert.Equal(message, await SendAsync(host, "TransactWriteItems", $$$"""
            {"TransactItems":[{"Update":{"TableName":"{{{Table}}}",{{{KeyMember}}},{{{member}}}}}]}
            """));
    }

    [Theory]
    [InlineData("GetItem", $"{KeyMember},\"ProjectionExpression\":\"a,\"",
        "Invalid ProjectionExpression: Syntax error; token: \"<EOF>\", near: \",\"")]
    [InlineData("Query", "\"KeyConditionExpression\":\"job =\"",
        "Invalid KeyConditionExpression: Syntax error; token: \"<EOF>\", near: \"=\"")]
    [InlineData("Query", "\"KeyConditionExpression\":\"job = :j\",\"FilterExpression\":\"\","
        + "\"ExpressionAttributeValues\":{\":j\":{\"S\":\"a\"}}",
        "Invalid FilterExpression: The expression can not be empty;")]
    [InlineData("Scan", "\"FilterExpression\":\"((a = b))\"",
        "Invalid FilterExpression: The expression has redundant parentheses;")]
    [InlineData("Scan", "\"Select\":\"SPECIFIC_ATTRIBUTES\"", "Must specify the AttributesToGet or "
        + "ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES")]
    [InlineData("Query", "\"KeyConditionExpression\":\"a = b\",\"Select\":\"SPECIFIC_ATTRIBUTES\"", Prefix
        + "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES")]
    public async Task A_read_has_the_text_without_the_prefix(string operation, string members, string message)
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();

        Assert.Equal(message, await SendAsync(host, operation, $$"""{"TableName":"{{Table}}",{{members}}}"""));
    }

    [Theory]
    [MemberData(nameof(FaultsOfValues))]
    public async Task The_text_about_an_invalid_value_depends_on_the_operation(
        string value, string renewed, string others)
    {
        if (others.Length == 0) others = renewed;
        await using var host = await DynamoDbOnPortZero.StartAsync();
        var values = $"{Condition}\"a = :v\",\"ExpressionAttributeValues\":{{\":v\":{value}}}";
        var item = $$$"""{"job":{"S":"j"},"item":{"S":"i"},"a":{{{value}}}}""";

        Assert.Equal(Prefix + renewed, await SendAsync(
            host, "PutItem", $$"""{"TableName":"{{Table}}","Item":{{item}}}"""));
        foreach (var operation in Writes) Assert.Equal(Prefix + renewed, await FaultAsync(host, operation, values));
        Assert.Equal(renewed, await SendAsync(host, "Query", $$$"""
            {"TableName":"{{{Table}}}","KeyConditionExpression":"job = :v",
            "ExpressionAttributeValues":{":v":{{{value}}}}}
            """));
        Assert.Equal($"ExpressionAttributeValues contains invalid value: {others} for key :v",
            await SendAsync(host, "Scan", $$$"""
                {"TableName":"{{{Table}}}","FilterExpression":"a = :v",
                "ExpressionAttributeValues":{":v":{{{value}}}}}
                """));
        Assert.Equal(others, await SendAsync(host, "BatchWriteItem",
            $$$"""{"RequestItems":{"{{{Table}}}":[{"PutRequest":{"Item":{{{item}}}}}]}}"""));
        Assert.Equal(others, await SendAsync(host, "TransactWriteItems",
            $$$"""{"TransactItems":[{"Put":{"TableName":"{{{Table}}}","Item":{{{item}}}}}]}"""));
    }

    [Theory]
    [InlineData("\"UpdateExpression\":\"SET job = :v\",\"ExpressionAttributeValues\":{\":v\":{\"S\":\"x\"}}",
        "One or more parameter values were invalid: Cannot update attribute job. This attribute is part of the key")]
    [InlineData("\"UpdateExpression\":\"SET a = b\"",
        "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("\"UpdateExpression\":\"SET a = :v\",\"ExpressionAttributeValues\":{\":v\":{}}",
        "ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty, must contain exactly one "
        + "of the supported datatypes for key :v")]
    [InlineData("\"UpdateExpression\":\"SET a = :v\","
        + "\"ExpressionAttributeValues\":{\":v\":{\"S\":\"x\"},\":unused\":{\"S\":\"x\"}}",
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:unused}")]
    public async Task What_depends_on_the_table_or_the_item_is_not_counted(string members, string message)
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();

        Assert.Equal(message, await FaultAsync(host, "UpdateItem", members));
    }

    private const string KeyMember = "\"Key\":{\"job\":{\"S\":\"j\"},\"item\":{\"S\":\"i\"}}";

    private static Task<string> FaultAsync(DynamoDbOnPortZero host, string operation, string members)
    {
        var key = operation == "PutItem" ? KeyMember.Replace("Key", "Item", StringComparison.Ordinal) : KeyMember;
        return SendAsync(host, operation, $$"""{"TableName":"{{Table}}",{{key}},{{members}}}""");
    }

    private static async Task<string> SendAsync(DynamoDbOnPortZero host, string operation, string body)
    {
        using var client = new HttpClient();
        using var request = RawRequest.Of(host.Address, operation, body);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = JsonNode.Parse(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((400, "com.amazonaws.dynamodb.v20120810#ValidationException"),
            ((int)response.StatusCode, (string?)answer["__type"]));
        return (string)answer["message"]!;
    }
}
