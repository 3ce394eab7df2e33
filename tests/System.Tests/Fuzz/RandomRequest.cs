using System.Text;

namespace Isobar.Stories.Fuzz;

/// <summary>A request that means more or less something to one of the host's doors.</summary>
/// <param name="Door">Which door was meant.</param>
internal sealed record RandomRequest(
    string Door, string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    private const string DynamoDb = "DynamoDB_20120810.";

    private static readonly string[] Doors =
        ["s3", "sqs", "dynamodb", "lambda", "sts", "cloudformation", "clock", "unsigned", "signature", "runtime"];

    /// <param name="table">The jobs table, without which no request would come past the first check.</param>
    /// <param name="functions">Names of functions.</param>
    public static RandomRequest Next(Dice dice, string table, IReadOnlyList<string> functions) =>
        dice.Pick(Doors) switch
        {
            "sqs" when dice.OnceIn(2) => Right(dice, "sqs", "AmazonSQS.", RightRequests.Sqs, table),
            "sqs" => Json(dice, "sqs", "AmazonSQS." + dice.Pick(Vocabulary.SqsOperations), Vocabulary.SqsMembers,
                "\"QueueUrl\":\"http://127.0.0.1/000000000000/stories\""),
            "dynamodb" when dice.OnceIn(2) => Right(dice, "dynamodb", DynamoDb, RightRequests.DynamoDb, table),
            "dynamodb" => Json(dice, "dynamodb", DynamoDb + dice.Pick(Vocabulary.DynamoDbOperations),
                Vocabulary.DynamoDbMembers, $"\"TableName\":\"{table}\""),
            "lambda" => Lambda(dice, functions),
            "clock" => Clock(dice),
            "signature" => S3(dice, "signature") with
            {
                Headers = [("Authorization", dice.Pick(Vocabulary.Signatures))],
            },
            "runtime" => Runtime(dice),
            ("sts" or "cloudformation") and var door => Query(dice, door),
            var door => S3(dice, door),
        };

    private static RandomRequest Json(
        Dice dice, string door, string target, IReadOnlyList<string> members, string rightMember)
    {
        var body = dice.Json(members);
        if (body is [(byte)'{', (byte)'"', ..] && !dice.OnceIn(3))
            body = [.. Encoding.UTF8.GetBytes($"{{{rightMember},"), .. body.AsSpan(1)];
        return Json(door, target, body);
    }

    private static RandomRequest Right(
        Dice dice, string door, string prefix, (string Operation, string Body)[] requests, string table)
    {
        var (operation, body) = dice.Pick(requests);
        return Json(door, prefix + operation, dice.Changed(RightRequests.Filled(body, table)));
    }

    private static RandomRequest Json(string door, string target, byte[] body) => new(
        door, "POST", "/",
        [Signed(door), ("X-Amz-Target", target), ("Content-Type", "application/x-amz-json-1.0")], body);

    private static RandomRequest Lambda(Dice dice, IReadOnlyList<string> functions)
    {
        // Mostly a function that isn't there: a real one costs a process's time.
        var name = dice.OnceIn(8) ? dice.Pick(functions) : Uri.EscapeDataString(dice.Text());
        var path = dice.OnceIn(6)
            ? $"/2015-03-31/event-source-mappings/{name}"
            : $"/2015-03-31/functions/{name}{dice.Pick(Vocabulary.LambdaTails)}";
        var type = dice.Pick(["RequestResponse", "Event", "DryRun", "Nonsense"]);
        return new RandomRequest(
            "lambda", dice.Pick(["POST", "POST", "GET", "PUT"]), path,
            [Signed("lambda"), ("X-Amz-Invocation-Type", type), ("X-Amz-Log-Type", dice.Pick(["Tail", "None", "x"]))],
            dice.Json(["Records", "s3", "body", "messageId"]));
    }

    private static RandomRequest Query(Dice dice, string door)
    {
        var more = dice.Pick(["NextToken=x", "Version=1", "=", "&&"]);
        var form = $"Action={dice.Pick(Vocabulary.QueryActions)}&StackName={Uri.EscapeDataString(dice.Text())}&{more}";
        return new RandomRequest(
            door, dice.Pick(["POST", "POST", "GET"]), "/",
            [Signed(door), ("Content-Type", "application/x-www-form-urlencoded")],
            dice.Damaged(Encoding.UTF8.GetBytes(form)));
    }

    // Nothing that moves the clock: that waits for quiet, and here it never is.
    private static RandomRequest Clock(Dice dice) => new(
        "clock", dice.Pick(Vocabulary.Methods), "/_isobar/clock" + dice.Pick(Vocabulary.ClockPaths),
        [("Content-Type", dice.Pick(["application/json", "text/plain", "application/json; charset=x"]))],
        Encoding.UTF8.GetBytes(dice.Pick(Vocabulary.ClockBodies)));

    private static RandomRequest S3(Dice dice, string door)
    {
        var query = string.Join('&', Enumerable.Range(0, dice.Below(3)).Select(_ =>
            dice.Pick(Vocabulary.S3Queries) + dice.Pick(["", "=", "=" + Uri.EscapeDataString(dice.Text())])));
        var headers = Enumerable.Range(0, dice.Below(3)).Select(_ =>
            (dice.Pick(Vocabulary.S3Headers), dice.Pick(Vocabulary.S3HeaderValues)));
        if (door == "s3") headers = headers.Prepend(Signed("s3"));
        var path = dice.Pick(Vocabulary.S3Paths);
        return new RandomRequest(
            door, dice.Pick(Vocabulary.Methods), query.Length == 0 ? path : $"{path}?{query}", [.. headers],
            dice.Bytes(64));
    }

    private static RandomRequest Runtime(Dice dice) => new(
        "runtime", dice.Pick(["POST", "POST", "GET", "PUT"]), dice.Pick(Vocabulary.RuntimePaths),
        [
            ("Lambda-Runtime-Function-Error-Type", dice.Pick(["Unhandled", "é", ""])),
            ("Content-Type", "application/json"),
        ],
        dice.Json(["errorType", "errorMessage", "stackTrace"]));

    private static (string, string) Signed(string service) => (
        "Authorization",
        $"AWS4-HMAC-SHA256 Credential=f/20260101/us-east-1/{service}/aws4_request, SignedHeaders=a, Signature=0");
}
