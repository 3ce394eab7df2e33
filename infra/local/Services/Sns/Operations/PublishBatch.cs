using System.Globalization;
using System.Xml;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns.Operations;

/// <summary>Publishes up to ten messages to a topic, all of them or none.</summary>
/// <remarks>Source: Amazon SNS API Reference, PublishBatch.</remarks>
internal static class PublishBatch
{
    private const string Entries = "PublishBatchRequestEntries";

    /// <exception cref="AwsException">What Publish throws, and the errors of batches.</exception>
    public static void Handle(Publisher publisher, QueryParameters parameters, CallScope scope, XmlWriter result)
    {
        var topic = Arns.Topic(parameters.Text("TopicArn"), "TopicArn", scope.Region);
        var members = parameters.Members(Entries);
        if (members.Count == 0) throw SnsErrors.EmptyBatchRequest();
        if (members.Count > SnsLimits.MaxBatchEntries) throw SnsErrors.TooManyEntriesInBatchRequest();
        publisher.CheckTopic(topic);
        var ids = members.Select((member, i) => ReadId(parameters, member, i)).ToList();
        if (ids.Distinct(StringComparer.Ordinal).Count() < ids.Count) throw SnsErrors.BatchEntryIdsNotDistinct();
        var drafts = members.Select((member, i) =>
            new MessageReader(parameters, $"{member}.", Place(i)).Read()).ToList();
        parameters.RefuseOthers();
        if (drafts.Sum(draft => (long)draft.Bytes) > SnsLimits.MaxMessageBytes) throw SnsErrors.BatchRequestTooLong();

        var messages = publisher.Publish(topic, drafts, scope.TraceHeader);
        result.WriteStartElement("Successful");
        foreach (var (id, message) in ids.Zip(messages))
        {
            result.WriteStartElement("member");
            result.WriteElementString("Id", id);
            result.WriteElementString("MessageId", message);
            result.WriteEndElement();
        }

        result.WriteEndElement();
        result.WriteElementString("Failed", null);
    }

    private static string ReadId(QueryParameters parameters, string member, int index)
    {
        var id = parameters.Text($"{member}.Id") ?? throw SnsErrors.MemberIsNull($"{Place(index)}id");
        if (id.Length > SnsLimits.MaxBatchEntryIdLength) throw SnsErrors.BatchEntryIdTooLong(id);
        return id.Length > 0 && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            ? id
            : throw SnsErrors.BatchEntryIdCharacter(id);
    }

    private static string Place(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"publishBatchRequestEntries.{index + 1}.member.");
}
