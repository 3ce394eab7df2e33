namespace Isobar.Local.Services.Sqs.Operations;

/// <summary>Which attributes of the messages a receive wants to see.</summary>
/// <remarks>Source: Amazon SQS API Reference, ReceiveMessage.</remarks>
internal sealed class AttributeSelection
{
    private static readonly HashSet<string> SystemNames = new(
        ["All", "SenderId", "SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp",
            "SequenceNumber", "MessageDeduplicationId", "MessageGroupId", "AWSTraceHeader", "DeadLetterQueueSourceArn"],
        StringComparer.Ordinal);

    private readonly HashSet<string> system;
    private readonly HashSet<string> names;
    private readonly string[] prefixes;

    /// <param name="systemNames">Names of system attributes, or <c>All</c>.</param>
    /// <param name="names">Names of message attributes, <c>prefix.*</c>, <c>.*</c>
    /// or <c>All</c>; others select none.</param>
    /// <exception cref="Wire.AwsException">InvalidAttributeName: no such system attribute.</exception>
    public AttributeSelection(IEnumerable<string?> systemNames, IEnumerable<string?> names)
    {
        system = [.. systemNames.Select(name => name is not null && SystemNames.Contains(name)
            ? name
            : throw SqsErrors.UnknownAttribute(name ?? ""))];
        this.names = [.. names.OfType<string>()];
        prefixes = [
            .. this.names.Where(name => name.EndsWith(".*", StringComparison.Ordinal)).Select(name => name[..^2])];
        if (this.names.Contains("All") || this.names.Contains("*")) prefixes = [""];
    }

    public Message Show(ReceivedMessage message)
    {
        var content = message.Content;
        var attributes = content.Attributes.Where(entry => Wants(entry.Key)).ToDictionary();
        var systemAttributes = SystemAttributes.Of(message)
            .Where(entry => system.Contains("All") || system.Contains(entry.Key)).ToDictionary();
        return new Message(
            content.MessageId, message.ReceiptHandle, content.BodyMd5, new Utf8Text(content.Body),
            systemAttributes.Count > 0 ? systemAttributes : null,
            MessageDigest.Of(attributes), attributes.Count > 0 ? attributes : null);
    }

    private bool Wants(string name) =>
        names.Contains(name) || prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
