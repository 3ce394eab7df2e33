using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Services.DynamoDb;

public sealed class RequestFuzz(ITestOutputHelper output)
{
    private static readonly string[] Operations =
    [
        "CreateTable", "DescribeTable", "DeleteTable", "ListTables", "PutItem", "GetItem", "UpdateItem", "DeleteItem",
        "Query", "Scan", "BatchGetItem", "BatchWriteItem", "TransactGetItems", "TransactWriteItems", "UpdateTable",
        "TagResource", "UntagResource", "ListTagsOfResource", "NoSuchOperation",
    ];

    private static readonly string[] Members =
    [
        "TableName", "Item", "Key", "Keys", "ConditionExpression", "UpdateExpression", "KeyConditionExpression",
        "FilterExpression", "ProjectionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues",
        "ReturnValues", "Limit", "Select", "ExclusiveStartKey", "ScanIndexForward", "RequestItems", "TransactItems",
        "Put", "Update", "Delete", "ConditionCheck", "Get", "PutRequest", "DeleteRequest", "ClientRequestToken",
        "AttributeDefinitions", "KeySchema", "AttributeName", "AttributeType", "KeyType", "BillingMode", "Expected",
        "IndexName", "GlobalSecondaryIndexes", "LocalSecondaryIndexes", "GlobalSecondaryIndexUpdates", "Create",
        "Projection", "ProjectionType", "NonKeyAttributes", "ProvisionedThroughput", "ReadCapacityUnits",
        "WriteCapacityUnits", "ResourceArn", "Tags", "TagKeys", "ConsistentRead",
        "jobs", "job", "item", "S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS", "#a", ":a",
    ];

    // What a request that almost works would hold, so that the fuzz gets beyond the first check.
    private static readonly string[] Values =
    [
        "\"jobs\"", "\"nowhere\"", "\"\"", "\"a = :a\"", "\"SET a = :a\"", "\"job = :a\"", "\"ALL_OLD\"", "\"1e999\"",
        "\"7\"", "\"AQI=\"", "\"\\ud800\"", "\"PAY_PER_REQUEST\"", "\"HASH\"", "\"S\"", "0", "-1", "1.5", "1e400",
        "true", "false", "null", "[]", "{}", "[null]", """{"S":"a"}""", """{"N":"1"}""",
        """{"job":{"S":"a"},"item":{"S":"b"}}""", """{":a":{"S":"a"}}""", """{"#a":"a"}""", """{"#a":null}""",
        """{"jobs":{"Keys":[{"job":{"S":"a"},"item":{"S":"b"}}]}}""",
        """{"jobs":[{"PutRequest":{"Item":{"job":{"S":"a"},"item":{"S":"b"}}}}]}""",
        """[{"AttributeName":"a","AttributeType":"S"}]""", "\"by-a\"", """{"ProjectionType":"ALL"}""",
        """[{"AttributeName":"a","KeyType":"HASH"}]""", """[{"Key":"a","Value":"b"}]""",
        """[{"Delete":{"IndexName":"by-a"}}]""", "\"arn:aws:dynamodb:us-east-1:000000000000:table/jobs\"",
        """
        [{"Create":{"IndexName":"by-a","KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],
        "Projection":{"ProjectionType":"KEYS_ONLY"}}}]
        """,
        """[{"Put":{"TableName":"jobs","Item":{"job":{"S":"a"},"item":{"S":"b"}}}}]""",
    ];

    [Fact]
    public async Task Any_request_gets_an_answer_in_the_shape_of_aws()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        await using var host = await DynamoDbOnPortZero.StartAsync();
        using var http = new HttpClient();
        var succeeded = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var (operation, body) = (Operations[random.Next(Operations.Length)], Body(random));
            // The table has to stay, or nothing after this would get beyond looking for it.
            if (operation == "DeleteTable") body = body.Replace("jobs", "gone", StringComparison.Ordinal);
            using var request = RawRequest.Of(host.Address, operation, body);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                succeeded++;
                Assert.Equal(JsonValueKind.Object, JsonNode.Parse(text)!.GetValueKind());
                continue;
            }

            Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{operation} {body}: {text}");
            var error = JsonNode.Parse(text)!;
            Assert.Matches("^com\\.[a-z0-9.]+#[A-Za-z]+$", (string?)error["__type"]);
            Assert.False(string.IsNullOrEmpty((string?)error["message"]), $"{operation} {body}: {text}");
        }

        Assert.Empty(host.Faults);
        output.WriteLine($"{succeeded} succeeded");
        Assert.InRange(succeeded, 1, 1_900);
    }

    private static string Body(Random random)
    {
        if (random.Next(40) == 0) return random.Next(2) == 0 ? "" : "{\"TableName\":";
        var body = Object(random, 0);
        // Cut or doubled somewhere, now and then.
        return random.Next(40) == 0 && body.Length > 2 ? body[..random.Next(body.Length)] : body;
    }

    private static string Object(Random random, int level)
    {
        var members = new List<string>();
        if (level == 0 && random.Next(4) > 0) members.Add("\"TableName\":\"jobs\"");
        if (level == 0 && random.Next(2) == 0) members.Add("\"Key\":{\"job\":{\"S\":\"a\"},\"item\":{\"S\":\"b\"}}");
        for (var i = random.Next(0, 4); i > 0; i--)
            members.Add($"\"{Members[random.Next(Members.Length)]}\":{Value(random, level + 1)}");
        return $"{{{string.Join(',', members)}}}";
    }

    private static string Value(Random random, int level) => random.Next(6) switch
    {
        0 when level < 6 => Object(random, level),
        1 when level < 6 => $"[{Value(random, level + 1)}]",
        _ => Values[random.Next(Values.Length)],
    };
}
