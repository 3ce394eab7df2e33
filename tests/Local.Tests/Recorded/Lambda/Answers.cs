using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Compares whole answers; what no two calls share is checked for its form and then left out.</summary>
internal static partial class Answers
{
    private const string Time = "1970-01-01T00:00:00.000Z";

    /// <summary>The status, the header that names the error, and the whole document.</summary>
    /// <param name="member">How the document spells its text: errors differ in that. Null for validation errors, which
    /// have nothing else.</param>
    /// <param name="type">Whose fault it is; null where AWS leaves that out.</param>
    public static void AssertError(
        LambdaAnswer answer, int status, string code, string message, string? member = null, string? type = "User",
        string? reason = null)
    {
        var expected = new JsonObject { [member ?? "message"] = message };
        if (member is not null && type is not null) expected["Type"] = type;
        if (reason is not null) expected["Reason"] = reason;
        Assert.Equal((status, code), (answer.Status, answer.Header("x-amzn-ErrorType")));
        AssertJson(expected.ToJsonString(), answer.Json);
    }

    /// <summary>The members are all there is, in any order.</summary>
    public static void AssertJson(string expected, JsonNode? actual) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expected), actual),
        $"expected {expected}\nbut was  {actual?.ToJsonString()}");

    /// <summary>The whole configuration of <c>echo</c>.</summary>
    /// <param name="more">More members than every function has: a comma behind each.</param>
    public static void AssertConfiguration(JsonNode? actual, string more = "", string arn = RecordedWorld.Echo)
    {
        var shown = actual!.DeepClone().AsObject();
        AssertForm(shown, "CodeSha256", "^[A-Za-z0-9+/]{43}=$");
        AssertForm(shown, "CodeSize", "^[1-9][0-9]*$");
        AssertForm(shown, "LastModified", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$");
        AssertForm(shown, "RevisionId", Uuid);
        AssertForm(shown["RuntimeVersionConfig"]!.AsObject(), "RuntimeVersionArn",
            "^arn:aws:lambda:us-east-1::runtime:[a-z0-9-]+$");
        AssertJson($$"""
            { {{more}} "Architectures":["x86_64"],"CodeSha256":"-","CodeSize":"-","Description":"",
            "EphemeralStorage":{"Size":512},"FunctionArn":"{{arn}}","FunctionName":"echo","Handler":"Echo",
            "LastModified":"-","LastUpdateStatus":"Successful",
            "LoggingConfig":{"LogFormat":"Text","LogGroup":"/aws/lambda/echo"},"MemorySize":128,
            "PackageType":"Zip","RevisionId":"-","Role":"arn:aws:iam::000000000000:role/echo","Runtime":"dotnet10",
            "RuntimeVersionConfig":{"RuntimeVersionArn":"-"},
            "SnapStart":{"ApplyOn":"None","OptimizationStatus":"Off"},"State":"Active","Timeout":3,
            "TracingConfig":{"Mode":"PassThrough"},"Version":"$LATEST"}
            """, shown);
    }

    /// <summary>A message of a queue as the record of an event, whole.</summary>
    /// <param name="body">Its text, or null for a body that the caller compares.</param>
    /// <param name="attributes">The message attributes: name, type and value.</param>
    /// <param name="trace">Whether it comes with a trace.</param>
    public static void AssertRecord(
        JsonNode record, string queue, string? body, int receives = 1, bool trace = false, string? digest = null,
        params (string Name, string Type, string Value)[] attributes)
    {
        var shown = record.DeepClone().AsObject();
        var text = (string)shown["body"]!;
        AssertForm(shown, "messageId", Uuid);
        AssertForm(shown, "receiptHandle", "^[A-Za-z0-9+/=]+$");
        var system = shown["attributes"]!.AsObject();
        foreach (var name in (string[])["SentTimestamp", "ApproximateFirstReceiveTimestamp"])
            AssertForm(system, name, "^[0-9]{13}$");
        AssertForm(system, "SenderId", "^.+$");
        if (trace) AssertForm(system, "AWSTraceHeader", "^Root=1-[0-9a-f]{8}-[0-9a-f]{24}(;.+)?$");
        AssertJson(new JsonObject
        {
            ["messageId"] = "-", ["receiptHandle"] = "-", ["body"] = body ?? text,
            ["attributes"] = Sorted(
            [
                ("ApproximateFirstReceiveTimestamp", "-"),
                ("ApproximateReceiveCount", receives.ToString(CultureInfo.InvariantCulture)), ("SenderId", "-"),
                ("SentTimestamp", "-"), .. trace ? [("AWSTraceHeader", "-")] : Array.Empty<(string, string)>(),
            ]),
            ["messageAttributes"] = new JsonObject(attributes.Select(attribute =>
                KeyValuePair.Create(attribute.Name, (JsonNode?)new JsonObject
                {
                    ["stringValue"] = attribute.Value, ["stringListValues"] = new JsonArray(),
                    ["binaryListValues"] = new JsonArray(), ["dataType"] = attribute.Type,
                }))),
            ["md5OfMessageAttributes"] =
                attributes.Length == 0 ? null : digest ?? shown["md5OfMessageAttributes"]?.DeepClone(),
            ["md5OfBody"] = Md5(text), ["eventSource"] = "aws:sqs", ["eventSourceARN"] = RecordedWorld.QueueArn(queue),
            ["awsRegion"] = "us-east-1",
        }.ToJsonString(), shown);
        if (attributes.Length > 0)
            Assert.Matches("^[0-9a-f]{32}$", (string?)record["md5OfMessageAttributes"]);
    }

    /// <summary>The record of an invocation, whole.</summary>
    /// <param name="response">The last two members; empty where nothing ran.</param>
    public static void AssertInvocationRecord(
        JsonNode record, string id, string condition, int count, string payload, string response)
    {
        var shown = record.DeepClone().AsObject();
        Assert.Matches(TimePattern(), (string?)shown["timestamp"]);
        shown["timestamp"] = Time;
        AssertJson($$"""
            {"version":"1.0","timestamp":"{{Time}}","requestContext":{"requestId":"{{id}}",
            "functionArn":"{{RecordedWorld.Echo}}:$LATEST","condition":"{{condition}}",
            "approximateInvokeCount":{{count}} },"requestPayload":{{payload}}{{response}} }
            """, shown);
    }

    /// <summary>Checks the form of a value, and puts a dash in its place.</summary>
    public static void AssertForm(JsonObject owner, string name, string pattern)
    {
        Assert.Matches(pattern, owner[name]?.ToString() ?? "absent");
        owner[name] = "-";
    }

    private const string Uuid = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

    private static JsonObject Sorted(IEnumerable<(string Name, string Value)> members) =>
        new(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Value)));

    private static string Md5(string text) => Convert.ToHexStringLower(
        System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex TimePattern();
}
