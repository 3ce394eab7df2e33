using System.Text.Json.Nodes;
using Amazon.Lambda.SNSEvents;

namespace Isobar.Functions.Tests.Catalog;

/// <summary>Notifications that carry Intake's invocation records.</summary>
internal static class Notices
{
    public static SNSEvent Of(params IEnumerable<string> messages) => new()
    {
        Records =
        [
            .. from message in messages
               select new SNSEvent.SNSRecord { Sns = new SNSEvent.SNSMessage { Message = message } },
        ],
    };

    /// <param name="version">Its number makes the version id and the sequencer.</param>
    public static string Success(string key, int version, string? refusal = null)
    {
        var job = new JsonObject
        {
            ["Job"] = $"job-{key}-{version}",
            ["Source"] = new JsonObject
            {
                ["Bucket"] = "landing",
                ["Key"] = key,
                ["VersionId"] = $"v{version}",
                ["Sequencer"] = $"{version:X4}",
            },
            ["Chunks"] = refusal is null ? 1 : 0,
        };
        // As Lambda's serializer writes it: what is null is not there.
        if (refusal is not null) job["Refusal"] = refusal;
        return Record("Success", new JsonObject { ["Jobs"] = new JsonArray(job) });
    }

    public static string Record(string condition, JsonNode? answer) => new JsonObject
    {
        ["version"] = "1.0",
        ["timestamp"] = "2026-01-12T15:39:07.123Z",
        ["requestContext"] = new JsonObject
        {
            ["requestId"] = "6bc28136-xmpl-4365-b021-0ce6b2e64ab0",
            ["functionArn"] = "arn:aws:lambda:us-east-1:000000000000:function:Intake:$LATEST",
            ["condition"] = condition,
            ["approximateInvokeCount"] = 1,
        },
        ["requestPayload"] = new JsonObject { ["Records"] = new JsonArray() },
        ["responseContext"] = new JsonObject { ["statusCode"] = 200, ["executedVersion"] = "$LATEST" },
        ["responsePayload"] = answer,
    }.ToJsonString();
}
