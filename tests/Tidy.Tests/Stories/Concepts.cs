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
        "Event source mapping: SQS, with partial batch responses",
        "Redrive to a dead-letter queue, and closing the loop",
        "At least once everywhere, so idempotent",
        "Synchronous trigger: API Gateway, one function a route",
        "Synchronous trigger: an API's Lambda authorizer",
        "Asynchronous API: a non-proxy integration with X-Amz-Invocation-Type",
        "Scenario: real-time file processing",
    ];
}
