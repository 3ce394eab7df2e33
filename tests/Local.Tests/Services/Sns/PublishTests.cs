using System.Globalization;
using System.Text.Json;
using Isobar.Local.Services;
using Isobar.Local.Services.Sns;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Sns;

public sealed class PublishTests
{
    private const string Invalid = "400 InvalidParameter Invalid parameter: ";

    [Fact]
    public async Task One_message_reaches_every_subscriber_once()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        for (var i = 0; i < 50; i++)
            await sns.SubscribeAsync(i % 2 == 0 ? SnsOnPortZero.QueueArn($"q{i}") : SnsOnPortZero.FunctionArn($"f{i}"));
        var id = await sns.PublishAsync("hail");
        Assert.Equal(
            50, sns.Queues.Events.Concat(sns.Functions.Events).Select(heard => heard.Resource).Distinct().Count());
        Assert.Equal(50, sns.Queues.Events.Count + sns.Functions.Events.Count);
        var published =
            Assert.Single(sns.World.Journal.After(0).Select(entry => entry.Fact).OfType<MessagePublished>());
        Assert.Equal((id, 50, 0), (published.MessageId, published.Deliveries, published.FilteredOut));
    }

    [Fact]
    public async Task A_function_receives_one_record_as_AWS_writes_it()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        var subscription = await sns.SubscribeAsync(SnsOnPortZero.FunctionArn("Catalog"));
        var id = await sns.PublishAsync("hail", [.. Attribute(1, "kind", "String", "rain")]);
        var record = Json(Assert.Single(sns.Functions.Texts("function:Catalog"))).GetProperty("Records")[0];
        Assert.Equal(["EventSource", "EventVersion", "EventSubscriptionArn", "Sns"], Names(record));
        Assert.Equal(("aws:sns", "1.0", subscription), (record.GetProperty("EventSource").GetString(),
            record.GetProperty("EventVersion").GetString(), record.GetProperty("EventSubscriptionArn").GetString()));
        var body = record.GetProperty("Sns");
        Assert.Equal(
            [
                "Type", "MessageId", "TopicArn", "Subject", "Message", "Timestamp", "SignatureVersion", "Signature",
                "SigningCertUrl", "UnsubscribeUrl", "MessageAttributes",
            ],
            Names(body));
        Assert.Equal(JsonValueKind.Null, body.GetProperty("Subject").ValueKind);
        Assert.Equal(
            (id, "hail"), (body.GetProperty("MessageId").GetString(), body.GetProperty("Message").GetString()));
        Assert.Equal(
            """{"kind":{"Type":"String","Value":"rain"}}""", body.GetProperty("MessageAttributes").GetRawText());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", body.GetProperty("Timestamp").GetString());
    }

    [Fact]
    public async Task A_queue_receives_an_envelope_without_what_is_not_there()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        await sns.SubscribeAsync(SnsOnPortZero.QueueArn("audit"));
        await sns.PublishAsync("plain");
        await sns.PublishAsync("full Zürich \u26C8",
            [("Subject", "Storm"), .. Attribute(1, "n", "Number", "3"), .. Binary(2, "mark", "AgME")]);
        var (plain, full) = (Json(sns.Queues.Texts("audit")[0]), Json(sns.Queues.Texts("audit")[1]));
        string[] always =
            ["Message", "Timestamp", "SignatureVersion", "Signature", "SigningCertURL", "UnsubscribeURL"];
        Assert.Equal(["Type", "MessageId", "TopicArn", .. always], Names(plain));
        Assert.Equal(["Type", "MessageId", "TopicArn", "Subject", .. always, "MessageAttributes"], Names(full));
        Assert.Equal("full Zürich \u26C8", full.GetProperty("Message").GetString());
        Assert.Equal("""{"n":{"Type":"Number","Value":"3"},"mark":{"Type":"Binary","Value":"AgME"}}""",
            full.GetProperty("MessageAttributes").GetRawText());
    }

    [Fact]
    public async Task A_raw_message_is_the_body_and_brings_its_attributes()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        await sns.SubscribeAsync(SnsOnPortZero.QueueArn("audit"), ("RawMessageDelivery", "true"));
        await sns.PublishAsync("hail", [.. Attribute(1, "n", "Number", "3"), .. Binary(2, "mark", "AgME")]);
        Assert.Equal("hail", Assert.Single(sns.Queues.Texts("audit")));
        var attributes = Assert.Single(sns.Queues.Events).Event.Attributes;
        Assert.Equal(("Number", "3"),
            (attributes["n"].DataType, System.Text.Encoding.UTF8.GetString(attributes["n"].Value.Span)));
        Assert.Equal([2, 3, 4], attributes["mark"].Value.ToArray());
    }

    [Fact]
    public async Task A_protocol_can_have_a_message_of_its_own()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        await sns.SubscribeAsync(SnsOnPortZero.QueueArn("audit"), ("RawMessageDelivery", "true"));
        await sns.SubscribeAsync(SnsOnPortZero.FunctionArn("F"));
        await sns.PublishAsync("""{"default":"for all","sqs":"for queues"}""", ("MessageStructure", "json"));
        Assert.Equal(["for queues"], sns.Queues.Texts("audit"));
        Assert.Contains(
            "\"Message\":\"for all\"", Assert.Single(sns.Functions.Texts("function:F")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Message", "", "Empty message")]
    [InlineData("Subject", "", "Subject")]
    [InlineData("Subject", " leading", "Subject")]
    [InlineData("Subject", "two\nlines", "Subject")]
    [InlineData("MessageStructure", "json", "Message Structure - JSON message body failed to parse")]
    [InlineData("PhoneNumber", "+41000", "PhoneNumber Reason: +41000 is not valid to publish to")]
    [InlineData(
        "MessageDeduplicationId", "a", "MessageDeduplicationId Reason: The request includes MessageDeduplicationId "
        + "parameter that is not valid for this topic type")]
    public async Task What_SNS_does_not_take_is_refused(string name, string value, string what)
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        (string, string)[] message = name == "Message" ? [] : [("Message", "m")];
        Assert.Equal(Invalid + what,
            await sns.ErrorAsync("Publish", [("TopicArn", SnsOnPortZero.TopicArn), (name, value), .. message]));
    }

    [Theory]
    [InlineData("^", "String", "a",
        "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only "
        + "include alphanumeric characters, hyphens, underscores, or dots.")]
    [InlineData(".a", "String", "a", "Invalid message attribute name starting with character '.' was found.")]
    [InlineData("a.", "String", "a", "Invalid message attribute name ending with character '.' was found.")]
    [InlineData("a..b", "String", "a", "Message attribute name can not have successive '.' character.")]
    [InlineData(
        "a", "Text", "a", "The message attribute 'a' has an invalid message attribute type, the set of supported type "
        + "prefixes is Binary, Number, and String.")]
    [InlineData("a", "Binary", "a", "The message attribute 'a' with type 'Binary' must use field 'Binary'.")]
    [InlineData(
        "a", "String", "", "The message attribute 'a' must contain non-empty message attribute value for message "
        + "attribute type 'String'.")]
    public async Task A_bad_message_attribute_is_refused(string name, string type, string value, string message)
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        (string, string)[] parameters = Attribute(1, name, type, value);
        Assert.Equal($"400 ParameterValueInvalid {message}", await sns.ErrorAsync(
            "Publish", [("TopicArn", SnsOnPortZero.TopicArn), ("Message", "m"), .. parameters]));
    }

    [Fact]
    public async Task A_message_has_256_KiB_at_most()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        await sns.PublishAsync(new string('m', 262_144));
        Assert.Equal(Invalid + "Message too long", await sns.ErrorAsync("Publish",
            ("TopicArn", SnsOnPortZero.TopicArn), ("Message", new string('m', 262_145))));
        var topic = Arn.TryParse(SnsOnPortZero.TopicArn)!;
        await sns.Module.DeliverAsync(topic, new byte[262_144].AsMemory(), default);
        await Assert.ThrowsAsync<AwsException>(
            () => sns.Module.DeliverAsync(topic, new byte[262_145].AsMemory(), default).AsTask());
    }

    [Fact]
    public async Task A_batch_is_published_whole()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        await sns.SubscribeAsync(SnsOnPortZero.QueueArn("audit"), ("RawMessageDelivery", "true"));
        var answer = await sns.OkAsync("PublishBatch", Batch("a", "b", "c"));
        await sns.QuietAsync();
        Assert.Equal(["a", "b", "c"], SnsOnPortZero.Texts(answer, "Id"));
        Assert.Equal(["message a", "message b", "message c"], sns.Queues.Texts("audit").Order());
    }

    [Theory]
    [InlineData("BatchEntryIdsNotDistinct Two or more batch entries in the request have the same Id.", "a", "a")]
    [InlineData(
        "InvalidBatchEntryId The Id of a batch entry in the batch request contains an impermissible character: a.b",
        "a.b")]
    [InlineData("EmptyBatchRequest The batch request doesn't contain any entries.")]
    [InlineData("TooManyEntriesInBatchRequest The batch request contains more entries than permissible.",
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11")]
    public async Task A_bad_batch_is_refused_whole(string error, params string[] ids)
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        Assert.Equal($"400 {error}", await sns.ErrorAsync("PublishBatch", Batch(ids)));
    }

    [Fact]
    public async Task A_message_of_a_service_is_published_with_its_attributes()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        await sns.SubscribeAsync(SnsOnPortZero.QueueArn("audit"));
        var topic = Arn.TryParse(SnsOnPortZero.TopicArn)!;
        Assert.True(sns.Module.Exists(topic));
        Assert.False(sns.Module.Exists(topic with { Resource = "none" }));
        var letter = new TargetEvent("{}"u8.ToArray(), Deliver.Nobody)
        {
            Attributes = new Dictionary<string, TargetAttribute> { ["ErrorCode"] = TargetAttribute.Number(200) },
        };
        await sns.Module.DeliverAsync(topic, letter, default);
        await sns.QuietAsync();
        Assert.Equal("200", Json(Assert.Single(sns.Queues.Texts("audit"))).GetProperty("MessageAttributes")
            .GetProperty("ErrorCode").GetProperty("Value").GetString());
    }

    internal static (string, string)[] Attribute(int number, string name, string type, string value) =>
    [
        ($"MessageAttributes.entry.{number}.Name", name), ($"MessageAttributes.entry.{number}.Value.DataType", type),
        ($"MessageAttributes.entry.{number}.Value.StringValue", value),
    ];

    private static (string, string)[] Binary(int number, string name, string base64) =>
    [
        ($"MessageAttributes.entry.{number}.Name", name),
            ($"MessageAttributes.entry.{number}.Value.DataType", "Binary"),
        ($"MessageAttributes.entry.{number}.Value.BinaryValue", base64),
    ];

    private static (string, string)[] Batch(params string[] ids) =>
    [
        ("TopicArn", SnsOnPortZero.TopicArn),
        .. ids.SelectMany((id, i) => new[]
        {
            (string.Create(CultureInfo.InvariantCulture, $"PublishBatchRequestEntries.member.{i + 1}.Id"), id),
            (string.Create(CultureInfo.InvariantCulture, $"PublishBatchRequestEntries.member.{i + 1}.Message"),
                $"message {id}"),
        }),
    ];

    private static string[] Names(JsonElement element) =>
        [.. element.EnumerateObject().Select(property => property.Name)];

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
