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
        "Asynchronous trigger: SNS, fan-out with a filter on the body",
        "Asynchronous trigger: EventBridge",
        "Asynchronous invocation: three attempts, at 0, 1 and 3 minutes",
        "Destination on success: SNS",
        "Destination on success: an EventBridge bus",
        "Destination on failure: SQS",
        "Destination on failure: a function that can send the event again",
        "A function's dead-letter queue",
        "Event source mapping: SQS, with partial batch responses",
        "Event source mapping: a large batch, gathered in a window",
        "Event source mapping: SQS FIFO",
        "Event source mapping: a DynamoDB stream, with a filter",
        "Redrive to a dead-letter queue, and closing the loop",
        "Layer: libraries and data that functions share",
        "External extension in a layer: telemetry",
        "External extension in a layer: parameters and secrets",
        "Internal extension in a layer: instrumentation",
        "Package: a container image",
        "At least once everywhere, so idempotent",
        "Synchronous trigger: API Gateway, one function a route",
        "Synchronous trigger: an API's Lambda authorizer",
        "Asynchronous API: a non-proxy integration with X-Amz-Invocation-Type",
        "Lambda@Edge: a sticky A/B split",
        "Lambda@Edge: pages by device, and a cache that varies on its class",
        "Lambda@Edge: tokens verified before cache and origin",
        "Lambda@Edge: content that is fetched at the edge, and security headers",
        "Scenario: real-time file processing",
    ];
}
