namespace Isobar.Local.Services.Sqs.Operations;

/// <summary>A request that names a queue and nothing else.</summary>
internal sealed record QueueRequest(string? QueueUrl);

/// <summary>The answer of operations that return nothing.</summary>
internal sealed record EmptyResponse;
