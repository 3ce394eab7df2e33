using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>
/// The topic to which a mapping sends the records of batches that failed, with the queue <c>records</c> as subscriber.
/// </summary>
internal static class FailuresTopic
{
    public const string Arn = "arn:aws:sns:us-east-1:000000000000:failures";

    public const string Resources = """
          Failed: {Type: AWS::SNS::Topic, Properties: {TopicName: failures}}
          Subscribed:
            Type: AWS::SNS::Subscription
            Properties: {TopicArn: !Ref Failed, Protocol: sqs, Endpoint: !GetAtt Records.Arn}

        """;

    /// <summary>What the mapping is created with beside its source: a comma behind each member.</summary>
    public const string Settings = $$"""
        "BatchSize":1,"MaximumBatchingWindowInSeconds":1,"MaximumRetryAttempts":1,
        "DestinationConfig":{"OnFailure":{"Destination":"{{Arn}}"} },
        """;

    /// <summary>A mapping that was just created with the settings, whole.</summary>
    /// <param name="source">The stream's ARN.</param>
    public static void AssertMapping(JsonNode answer, string source)
    {
        var shown = answer.AsObject();
        var uuid = (string)shown["UUID"]!;
        Answers.AssertForm(shown, "LastModified", @"^\d{9,11}(\.\d{1,3})?$");
        Answers.AssertJson($$"""
            {"UUID":"{{uuid}}","BatchSize":1,"EventSourceArn":"{{source}}",
            "EventSourceMappingArn":"arn:aws:lambda:us-east-1:000000000000:event-source-mapping:{{uuid}}",
            "FunctionArn":"{{RecordedWorld.Echo}}","FunctionResponseTypes":[],"LastModified":"-","State":"Creating",
            "MaximumBatchingWindowInSeconds":1,"StateTransitionReason":"User action",
            "BisectBatchOnFunctionError":false,"DestinationConfig":{"OnFailure":{"Destination":"{{Arn}}"} },
            "LastProcessingResult":"No records processed","MaximumRecordAgeInSeconds":-1,"MaximumRetryAttempts":1,
            "ParallelizationFactor":1,"StartingPosition":"TRIM_HORIZON","TumblingWindowInSeconds":0}
            """, shown);
    }

    /// <summary>The next notification, whole.</summary>
    /// <returns>Its message: the record of a batch.</returns>
    public static async Task<JsonObject> ReceiveAsync(RecordedWorld world)
    {
        var notification = (await world.ReceiveBodyAsync("records")).AsObject();
        var message = (string)notification["Message"]!;
        Answers.AssertForm(notification, "MessageId", "^[0-9a-f-]{36}$");
        Answers.AssertForm(notification, "Timestamp", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        foreach (var name in (string[])["Message", "Signature", "SigningCertURL", "UnsubscribeURL"])
            Answers.AssertForm(notification, name, "^.+$");
        Answers.AssertJson($$"""
            {"Type":"Notification","MessageId":"-","TopicArn":"{{Arn}}","Message":"-","Timestamp":"-",
            "SignatureVersion":"1","Signature":"-","SigningCertURL":"-","UnsubscribeURL":"-"}
            """, notification);
        return JsonNode.Parse(message)!.AsObject();
    }
}
