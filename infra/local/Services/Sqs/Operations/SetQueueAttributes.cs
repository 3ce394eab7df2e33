using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record SetQueueAttributesRequest(string? QueueUrl, Dictionary<string, string>? Attributes);

/// <summary>Changes attributes of a queue, all of them or none.</summary>
/// <remarks>Source: Amazon SQS API Reference, SetQueueAttributes. A change holds at once, not within 60 s.</remarks>
internal static class SetQueueAttributes
{
    /// <exception cref="AwsException">QueueDoesNotExist, and those of the attributes.</exception>
    public static EmptyResponse Handle(Monitor<SqsState> queues, SetQueueAttributesRequest request, CallScope scope)
    {
        var key = QueueKey.FromUrl(request.QueueUrl, scope);
        var attributes = request.Attributes ?? throw SqsErrors.MissingParameter("Attributes");
        queues.Post((state, now) => state.Configure(key, attributes, now));
        return new EmptyResponse();
    }
}
