using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record GetQueueAttributesRequest(string? QueueUrl, string?[]? AttributeNames);

internal sealed record GetQueueAttributesResponse(Dictionary<string, string>? Attributes);

/// <summary>Returns settings and counts of a queue; the counts are exact here.</summary>
/// <remarks>Source: Amazon SQS API Reference, GetQueueAttributes.</remarks>
internal static class GetQueueAttributes
{
    /// <exception cref="AwsException">QueueDoesNotExist, InvalidAttributeName.</exception>
    public static GetQueueAttributesResponse Handle(
        Monitor<SqsState> queues, GetQueueAttributesRequest request, CallScope scope)
    {
        var key = QueueKey.FromUrl(request.QueueUrl, scope);
        var names = request.AttributeNames ?? [];
        var attributes = queues.Ask((state, now) => Describe(state.Find(key, now)));
        foreach (var name in names) QueueAttributes.CheckName(name);
        if (!names.Contains("All"))
            foreach (var name in attributes.Keys.Except(names).ToArray()) attributes.Remove(name!);
        return new GetQueueAttributesResponse(attributes.Count > 0 ? attributes : null);
    }

    private static Dictionary<string, string> Describe(MessageQueue queue)
    {
        var attributes = QueueAttributes.Write(queue.Settings);
        attributes["QueueArn"] = queue.Arn.ToString();
        attributes["ApproximateNumberOfMessages"] = QueueAttributes.Number(queue.VisibleCount);
        attributes["ApproximateNumberOfMessagesNotVisible"] = QueueAttributes.Number(queue.InFlightCount);
        attributes["ApproximateNumberOfMessagesDelayed"] = QueueAttributes.Number(queue.DelayedCount);
        attributes["CreatedTimestamp"] = QueueAttributes.Number(queue.Created.ToUnixTimeSeconds());
        attributes["LastModifiedTimestamp"] = QueueAttributes.Number(queue.LastModified.ToUnixTimeSeconds());
        return attributes;
    }
}
