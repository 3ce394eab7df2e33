namespace Isobar.Tidy.Tests.Stories;

/// <summary>
/// The concepts that are seen working, in the order of the map. A new one is a line here and a <c>[Concept]</c> on the
/// story that proves it.
/// </summary>
internal static class Concepts
{
    public static IReadOnlyList<string> Due { get; } =
    [
        "Asynchronous trigger: S3",
        "Asynchronous invocation: three attempts, at 0, 1 and 3 minutes",
        "Asynchronous trigger: SNS",
        "Destination: OnSuccess to SNS, fanned out to a function and a queue",
        "Destination: OnSuccess to EventBridge",
        "Destination: OnFailure to SQS",
        "Destination: OnFailure to Lambda, which sends the event again",
        "Dead-letter queue of a function, beside destinations",
        "Event source mapping: SQS, with partial batch responses",
        "Redrive to a dead-letter queue, and closing the loop",
        "Layer: libraries and data that functions share",
        "External extension in a layer: telemetry",
        "At least once everywhere, so idempotent",
        "Scenario: real-time file processing",
    ];
}
