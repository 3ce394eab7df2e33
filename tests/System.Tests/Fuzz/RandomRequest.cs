using System.Text;

namespace Isobar.Stories.Fuzz;

/// <summary>A request that means more or less something to one of the host's doors.</summary>
/// <param name="Door">Which door was meant.</param>
internal sealed record RandomRequest(
    string Door, string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS"];

    private static readonly string[] SqsOperations =
    [
        "CreateQueue", "GetQueueUrl", "GetQueueAttributes", "SendMessage", "SendMessageBatch", "ReceiveMessage",
        "DeleteMessage", "DeleteMessageBatch", "ChangeMessageVisibility", "PurgeQueue", "ListQueues", "TagQueue", "",
    ];

    private static readonly string[] SqsMembers =
    [
        "QueueUrl", "QueueName", "Attributes", "AttributeNames", "Entries", "Id", "MessageBody", "MessageAttributes", "DataType",
        "DelaySeconds", "MaxNumberOfMessages", "VisibilityTimeout", "ReceiptHandle", "Nonsense",
    ];

    private static readonly string[] DynamoOperations =
    [
        "PutItem", "GetItem", "UpdateItem", "DeleteItem", "Query", "Scan", "BatchGetItem", "TransactWriteItems", "DescribeTable",
        "ListTables", "CreateTable", "",
    ];

    private static readonly string[] DynamoMembers =
    [
        "TableName", "Key", "Item", "job", "item", "S", "N", "B", "M", "L", "NS", "BOOL", "NULL", "ConditionExpression", "UpdateExpression",
        "KeyConditionExpression", "FilterExpression", "ProjectionExpression", "ExpressionAttributeNames", ":j", "#a", "Limit",
        "ExpressionAttributeValues", "ReturnValues", "TransactItems", "Put", "Update", "RequestItems", "ExclusiveStartKey", "Keys",
    ];

    private static readonly string[] Actions =
        ["DescribeStacks", "ListStackResources", "GetCallerIdentity", "AssumeRole", "CreateStack", ""];

    private static readonly string[] S3Queries =
    [
        "versions", "versioning", "uploads", "uploadId", "partNumber", "delete", "notification", "location", "list-type=2", "prefix",
        "max-keys", "versionId", "continuation-token", "X-Amz-Expires", "X-Amz-Credential", "X-Amz-Signature", "tagging", "acl", "marker",
    ];

    private static readonly string[] S3Headers =
    [
        "Range", "If-Match", "If-None-Match", "Content-MD5", "x-amz-content-sha256", "x-amz-checksum-crc32", "x-amz-copy-source",
        "x-amz-decoded-content-length", "x-amz-trailer", "Content-Encoding", "x-amz-meta-a", "Expires", "If-Modified-Since",
    ];

    private static readonly string[] HeaderTexts =
        ["*", "1", "-1", "bytes=0-0", "bytes=9-1", "AAAAAA==", "aws-chunked", "UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "ü", "a/b?versionId=c"];

    private static readonly string[] Doors =
        ["s3", "sqs", "dynamodb", "lambda", "sts", "cloudformation", "clock", "unsigned", "signature", "runtime"];

    /// <param name="tables">The jobs table, without which no request would come past the first check.</param>
    /// <param name="functions">Names of functions.</param>
    public static RandomRequest Next(Dice dice, string table, IReadOnlyList<string> functions)
    {
        var door = dice.Pick(Doors);
        return door switch
        {
            "sqs" => Json(dice, door, "AmazonSQS." + dice.Pick(SqsOperations), SqsMembers, "QueueUrl", "http://127.0.0.1/000000000000/stories"),
            "dynamodb" => Json(dice, door, "DynamoDB_20120810." + dice.Pick(DynamoOperations), DynamoMembers, "TableName", table),
            "lambda" => Lambda(dice, functions),
            "sts" or "cloudformation" => Query(dice, door),
            "clock" => Clock(dice),
            "signature" => S3(dice, door) with { Headers = [("Authorization", Signature(dice))] },
            "runtime" => Runtime(dice),
            _ => S3(dice, door),
        };
    }

    private static RandomRequest Json(
        Dice dice, string door, string target, IReadOnlyList<string> members, string name, string value)
    {
        var body = dice.Json(members);
        if (body is [(byte)'{', (byte)'"', ..] && !dice.OnceIn(3)) body = [.. Encoding.UTF8.GetBytes($"{{\"{name}\":\"{value}\","), .. body.AsSpan(1)];
        return new RandomRequest(
            door, "POST", "/", [Signed(door), ("X-Amz-Target", target), ("Content-Type", "application/x-amz-json-1.0")], body);
    }

    private static RandomRequest Lambda(Dice dice, IReadOnlyList<string> functions)
    {
        // Mostly a function that isn't there: a real one costs a process's time.
        var name = dice.OnceIn(8) ? dice.Pick(functions) : Uri.EscapeDataString(dice.Text());
        var tail = dice.Pick(["/invocations", "/invocations", "", "/configuration", "/versions", "/invocations?Qualifier=" + Uri.EscapeDataString(dice.Text())]);
        var type = dice.Pick(["RequestResponse", "Event", "DryRun", "Nonsense"]);
        return new RandomRequest(
            "lambda", dice.Pick(["POST", "POST", "GET", "PUT"]),
            dice.OnceIn(6) ? "/2015-03-31/event-source-mappings/" + Uri.EscapeDataString(dice.Text()) : $"/2015-03-31/functions/{name}{tail}",
            [Signed("lambda"), ("X-Amz-Invocation-Type", type), ("X-Amz-Log-Type", dice.Pick(["Tail", "None", "x"]))],
            dice.Json(["Records", "s3", "body", "messageId"]));
    }

    private static RandomRequest Query(Dice dice, string door) => new(
        door, dice.Pick(["POST", "POST", "GET"]), "/", [Signed(door), ("Content-Type", "application/x-www-form-urlencoded")],
        dice.Damaged(Encoding.UTF8.GetBytes(
            $"Action={dice.Pick(Actions)}&StackName={Uri.EscapeDataString(dice.Text())}&{dice.Pick(["NextToken=x", "Version=1", "=", "&&"])}")));

    // Nothing that moves the clock: that waits for quiet, and here it never is.
    private static RandomRequest Clock(Dice dice) => new(
        "clock", dice.Pick(Methods), "/_isobar/clock" + dice.Pick(["", "/", "/advance", "/nothing", "/next/x"]),
        [("Content-Type", dice.Pick(["application/json", "text/plain", "application/json; charset=x"]))],
        Encoding.UTF8.GetBytes(dice.Pick(["", "{", "[]", "null", "{\"by\":\"x\"}", "{\"by\":7}", "{\"by\":\"-PT1S\"}", "{\"by\":\"P99D\"}"])));

    private static RandomRequest S3(Dice dice, string door)
    {
        var query = string.Join('&', Enumerable.Range(0, dice.Below(3))
            .Select(_ => dice.Pick(S3Queries) + dice.Pick(["", "=", "=" + Uri.EscapeDataString(dice.Text())])));
        var path = dice.Pick(["/", "/isobar-data-000000000000", "/isobar-data-000000000000/k" + dice.Below(9), "/none/k", "//", "/a%FF"]);
        var headers = Enumerable.Range(0, dice.Below(3)).Select(_ => (dice.Pick(S3Headers), dice.Pick(HeaderTexts)));
        if (door == "s3") headers = headers.Prepend(Signed("s3"));
        return new RandomRequest(door, dice.Pick(Methods), query.Length == 0 ? path : $"{path}?{query}", [.. headers], dice.Bytes(64));
    }

    private static string Signature(Dice dice) => dice.Pick(
    [
        "", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=", "AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/e/f", "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/kinesis/aws4_request,",
        "AWS4-HMAC-SHA256 Credential=////aws4_request", "AWS a:b", "Bearer x", "Basic é",
        $"AWS4-HMAC-SHA256 Credential=a/20260101/{dice.Text()}/s3/aws4_request, SignedHeaders=, Signature=",
    ]);

    private static RandomRequest Runtime(Dice dice) => new(
        "runtime", dice.Pick(["POST", "POST", "GET", "PUT"]),
        dice.Pick(["/2018-06-01/runtime/invocation/x/response", "/2018-06-01/runtime/invocation/x/error", "/2018-06-01/runtime/init/error",
            "/2018-06-01/runtime/", "/2018-06-01/ping", "/", "/2020-01-01/extension/register", "/2018-06-01/runtime/invocation//response"]),
        [("Lambda-Runtime-Function-Error-Type", dice.Pick(["Unhandled", "é", ""])), ("Content-Type", "application/json")],
        dice.Json(["errorType", "errorMessage", "stackTrace"]));

    private static (string, string) Signed(string service) => ("Authorization",
        $"AWS4-HMAC-SHA256 Credential=fuzz/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=00");
}
