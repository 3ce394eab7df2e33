using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Isobar.Live;
using static Isobar.Functions.Tests.Live.Records;

namespace Isobar.Functions.Tests.Live;

public sealed class FunctionTests
{
    private readonly LiveTableInMemory table = new();

    [Fact]
    public async Task The_latest_reading_of_each_element_of_a_batch_is_written_once()
    {
        var response = await HandleAsync(Event(
            null, false, Record(Reading(1, second: 1), 1), Record(Reading(3, second: 3), 2),
            Record(Reading(2, second: 2), 3), Record(Reading(9, element: "AWND"), 4)));
        Assert.Empty(response.BatchItemFailures);
        Assert.Equal(
            [Reading(9, element: "AWND"), Reading(3, second: 3)], table.Latest.OrderBy(reading => reading.Element));
    }

    [Fact]
    public async Task A_windows_mean_is_of_all_its_invocations_and_each_reading_counts_once()
    {
        var first = await HandleAsync(Event(null, false, Record(Reading(10), 1), Record(Reading(20, second: 1), 2)));
        var second = await HandleAsync(Event(
            first.State, false, Record(Reading(20, second: 1), 3), Record(Reading(12), 4), Record(Reading(30, 2), 5)));
        var last = await HandleAsync(Event(second.State, isFinal: true));

        Assert.Empty(last.State);
        var (sums, start, end, part) = Assert.Single(table.Windows);
        // Of the two readings of one instant the greater counts: 12, 20 and 30.
        Assert.Equal(new ElementSum("TOBS", 3, 62), Assert.Single(sums.Elements));
        Assert.Equal(("XIW00000001", Start, Start.AddMinutes(1), "1"), (sums.Station, start, end, part));
    }

    [Fact]
    public async Task A_final_invocation_may_have_records()
    {
        await HandleAsync(Event(null, true, Record(Reading(10), 1)));
        Assert.Equal(new ElementSum("TOBS", 1, 10), Assert.Single(Assert.Single(table.Windows).Sums.Elements));
    }

    [Fact]
    public async Task A_window_without_readings_ends_without_a_write()
    {
        await HandleAsync(Event(null, isFinal: true));
        Assert.Empty(table.Windows);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("""{"station":"XIW00000002","element":"TOBS","value":1,"at":"2026-11-30T18:00:00Z"}""")]
    [InlineData("""{"station":"XIW00000001","element":"TOBS","value":1,"at":"2026-11-30T18:11:00.001Z"}""")]
    public async Task A_batch_is_tried_again_from_the_first_record_on_that_is_no_reading(string poison)
    {
        var response = await HandleAsync(Event(
            null, false, Record(Reading(10), 1), Record(poison, 2), Record(Reading(30, second: 1), 3)));
        Assert.Equal("2", Assert.Single(response.BatchItemFailures).ItemIdentifier);
        Assert.Equal([Reading(10)], table.Latest);
        // What Lambda keeps is the state of the records before it.
        var rest = await HandleAsync(Event(response.State, true, Record(Reading(30, second: 1), 3)));
        Assert.Empty(rest.BatchItemFailures);
        Assert.Equal(new ElementSum("TOBS", 2, 40), Assert.Single(Assert.Single(table.Windows).Sums.Elements));
    }

    [Fact]
    public async Task A_batch_is_tried_again_from_the_first_record_on_whose_element_was_not_written()
    {
        table.Fails = reading => reading.Element == "AWND";
        var response = await HandleAsync(Event(
            null, false, Record(Reading(10), 1), Record(Reading(1, element: "AWND"), 2),
            Record(Reading(30, second: 1), 3), Record(Reading(2, second: 1, element: "AWND"), 4)));
        Assert.Equal("2", Assert.Single(response.BatchItemFailures).ItemIdentifier);
        Assert.Equal(["XIW00000001 TOBS", "first"], response.State.Keys.Order(StringComparer.Ordinal));
        Assert.EndsWith(",10", response.State["XIW00000001 TOBS"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_does_not_end_while_a_record_fails()
    {
        await HandleAsync(Event(null, true, Record(Reading(10), 1), Record("poison", 2)));
        Assert.Empty(table.Windows);
    }

    [Fact]
    public async Task Without_time_left_all_records_are_left_for_the_next_attempt()
    {
        var response = await HandleAsync(Event(null, false, Record(Reading(10), 1)), TimeSpan.Zero);
        Assert.Equal("1", Assert.Single(response.BatchItemFailures).ItemIdentifier);
    }

    /// <remarks>The event's form: AWS Lambda Developer Guide, "Using tumbling windows".</remarks>
    [Fact]
    public async Task The_mappings_JSON_is_read_and_the_answer_has_the_names_that_it_reads()
    {
        var data = Convert.ToBase64String(Reading(10).ToJson());
        var json = $$"""
            {"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"XIW00000001","sequenceNumber":"4959",
              "data":"{{data}}","approximateArrivalTimestamp":1796061610.123},"eventSource":"aws:kinesis",
              "eventVersion":"1.0","eventID":"shardId-000000000006:4959","eventName":"aws:kinesis:record",
              "invokeIdentityArn":"arn:aws:iam::123456789012:role/r","awsRegion":"us-east-1",
              "eventSourceARN":"arn:aws:kinesis:us-east-1:123456789012:stream/isobar-readings"}],
             "window":{"start":"2026-11-30T18:00:00Z","end":"2026-11-30T18:01:00Z"},
             "state":{"first":"4958","XIW00000001 AWND":"1796061600000,7"},"shardId":"shardId-000000000006",
             "eventSourceARN":"arn:aws:kinesis:us-east-1:123456789012:stream/isobar-readings",
             "isFinalInvokeForWindow":false,"isWindowTerminatedEarly":false}
            """;
        var serializer = new SourceGeneratorLambdaJsonSerializer<LiveJson>();
        var batch = serializer.Deserialize<KinesisTimeWindowEvent>(new MemoryStream(Encoding.UTF8.GetBytes(json)));
        Assert.Equal((Start.UtcDateTime, false), (batch.Window.Start, batch.IsFinalInvokeForWindow));
        using var written = new MemoryStream();
        serializer.Serialize(await HandleAsync(batch), written);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"state":{"first":"4958","XIW00000001 AWND":"1796061600000,7","XIW00000001 TOBS":"1796061600000,10"},
                 "batchItemFailures":[]}
                """),
            JsonNode.Parse(written.ToArray())), Encoding.UTF8.GetString(written.ToArray()));
    }

    private Task<KinesisTimeWindowResponse> HandleAsync(KinesisTimeWindowEvent batch, TimeSpan? remaining = null) =>
        new Function(new ReadingBatches(table), new WindowEnd(table)).Handle(batch, new Invocation(remaining));
}
