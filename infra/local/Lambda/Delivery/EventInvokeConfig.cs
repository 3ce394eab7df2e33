using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>How the asynchronous events of a function are tried, and where the records of their ends go.</summary>
/// <param name="MaximumRetryAttempts">0 to 2 retries after function errors; null for the default.</param>
/// <param name="MaximumEventAge">60 s to 6 h, whole seconds; null for the default.</param>
/// <param name="OnSuccess">A queue, topic, function or event bus; null for none.</param>
/// <param name="OnFailure">Those, or a bucket; null for none.</param>
/// <param name="LastModified">Service time.</param>
/// <remarks>Source: AWS Lambda API Reference, FunctionEventInvokeConfig.</remarks>
internal sealed record EventInvokeConfig(
    int? MaximumRetryAttempts, TimeSpan? MaximumEventAge, Arn? OnSuccess, Arn? OnFailure, DateTimeOffset LastModified)
{
    /// <summary>What holds where nothing is configured.</summary>
    public static EventInvokeConfig Standard { get; } = new(null, null, null, null, DateTimeOffset.MinValue);

    public RetryPolicy Retries => new(
        MaximumRetryAttempts ?? AsynchronousLimits.MaximumRetryAttempts,
        MaximumEventAge ?? AsynchronousLimits.MaximumEventAge);
}

/// <summary>How long the queue tries an event.</summary>
/// <param name="MaximumAttempts">Retries after the first attempt, 0 to 2.</param>
/// <param name="MaximumAge">Since the event was taken over.</param>
internal readonly record struct RetryPolicy(int MaximumAttempts, TimeSpan MaximumAge);
