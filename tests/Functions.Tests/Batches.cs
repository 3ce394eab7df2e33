using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.BatchProcessing;

namespace Isobar.Functions.Tests;

/// <summary>
/// Tests of functions that process batches: not at the same time, because Powertools' processor serves one batch at a
/// time, as a function does.
/// </summary>
[CollectionDefinition(nameof(Batches))]
public sealed class Batches
{
    /// <summary>Messages with these bodies; their ids are "m0", "m1" and so on.</summary>
    internal static SQSEvent Of(params string[] bodies) => new()
    {
        Records = [.. bodies.Select((body, index) => new SQSEvent.SQSMessage
        {
            MessageId = $"m{index}",
            Body = body,
            EventSourceArn = "arn:aws:sqs:us-east-1:000000000000:queue",
        })],
    };

    /// <summary>The ids that the answer calls failed.</summary>
    internal static IEnumerable<string> Failed(BatchItemFailuresResponse answer) =>
        answer.BatchItemFailures.Select(failure => failure.ItemIdentifier);
}
