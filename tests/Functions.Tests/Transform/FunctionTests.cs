using System.Text;
using System.Text.Json;
using AWS.Lambda.Powertools.BatchProcessing;
using Isobar.Domain;
using Isobar.Transform;

namespace Isobar.Functions.Tests.Transform;

[Collection(nameof(Batches))]
public sealed class FunctionTests
{
    private readonly OneChunk chunk = new(OneChunk.GoodRows);

    [Fact]
    public async Task A_batch_that_succeeds_names_nothing() =>
        Assert.Empty(await HandleAsync(Good, Good));

    [Fact]
    public async Task Of_two_messages_the_one_that_fails_is_named() =>
        Assert.Equal(["m1"], await HandleAsync(Good, Bad));

    [Fact]
    public async Task A_failure_does_not_keep_the_next_message_from_being_processed()
    {
        Assert.Equal(["m0"], await HandleAsync(Bad, Good));
        Assert.Equal("committed", chunk.Calls[^1]);
    }

    [Fact]
    public async Task When_every_message_fails_the_response_has_all_their_ids() =>
        Assert.Equal(["m0", "m1"], await HandleAsync(Bad, Bad));

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"bucket":null}""")]
    public async Task A_message_whose_body_is_not_a_chunk_message_is_reported_as_failed(string body) =>
        Assert.Equal(["m1"], await HandleAsync(Good, body));

    [Fact]
    public async Task Past_the_deadline_every_message_is_reported_and_its_failure_recorded()
    {
        Assert.Equal(["m0", "m1"], await HandleAsync(TimeSpan.FromSeconds(-1), Good, Good));
        Assert.Equal(["recorded timeout", "recorded timeout"], chunk.Calls);
    }

    [Fact]
    public async Task The_answer_is_written_in_the_words_that_the_mapping_reads()
    {
        var answer = await new Function(chunk.Work).Handle(Batches.Of(Good, Bad), new Invocation());
        var json = JsonSerializer.Serialize(answer, TransformJson.Default.BatchItemFailuresResponse);
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"m1"}]}""", json);
    }

    private string Good => chunk.Message.ToJson();

    // Says more bytes than there are.
    private string Bad => (chunk.Message with { End = 4_000, Length = 4_000 }).ToJson();

    private Task<IEnumerable<string>> HandleAsync(params string[] bodies) =>
        HandleAsync(TimeSpan.FromMinutes(2), bodies);

    private async Task<IEnumerable<string>> HandleAsync(TimeSpan remaining, params string[] bodies) =>
        Batches.Failed(await new Function(chunk.Work).Handle(Batches.Of(bodies), new Invocation(remaining)));
}
