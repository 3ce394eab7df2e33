using System.Net;
using Amazon.Kinesis;
using Amazon.Runtime;
using Isobar.Readings;

namespace Isobar.Functions.Tests.Readings;

public sealed class ReadingStreamTests
{
    private readonly ImmediateTime time = new();

    [Fact]
    public async Task Records_go_to_the_stream_by_their_key_in_one_call()
    {
        using var kinesis = new RecordingKinesis((_, _) => false);
        var outcome = await PutAsync(kinesis, [new StreamEntry("a", [1]), new StreamEntry("b", [2])]);
        Assert.Empty(outcome.Refused);
        Assert.Null(outcome.Reason);
        var request = Assert.Single(kinesis.Requests);
        Assert.Equal("readings", request.StreamName);
        Assert.Equal(["a", "b"], kinesis.Calls[0]);
        Assert.Equal([2], request.Records[1].Data.ToArray());
    }

    [Theory]
    [InlineData(500, 1, 1)]
    [InlineData(501, 1, 2)]
    [InlineData(4, 999_990, 1)]
    [InlineData(5, 999_990, 2)]
    public async Task A_call_has_at_most_500_records_and_four_megabytes(int records, int bytes, int calls)
    {
        using var kinesis = new RecordingKinesis((_, _) => false);
        await PutAsync(kinesis, [.. Enumerable.Range(0, records).Select(_ => new StreamEntry("a", new byte[bytes]))]);
        Assert.Equal(calls, kinesis.Calls.Count);
        Assert.Equal(records, kinesis.Calls.Sum(call => call.Count));
    }

    [Fact]
    public async Task What_was_refused_is_put_again_and_nothing_else()
    {
        using var kinesis = new RecordingKinesis((key, call) => key == "b" && call < 3);
        var outcome = await PutAsync(kinesis, [Entry("a"), Entry("b"), Entry("c")]);
        Assert.Empty(outcome.Refused);
        Assert.Equal(["a b c", "b", "b"], kinesis.Calls.Select(call => string.Join(' ', call)));
        Assert.Equal(2, time.Waits.Count);
    }

    [Fact]
    public async Task What_is_still_refused_after_five_tries_is_told_by_its_index()
    {
        using var kinesis = new RecordingKinesis((key, _) => key != "b");
        var outcome = await PutAsync(kinesis, [Entry("a"), Entry("b"), Entry("c")]);
        Assert.Equal([0, 2], outcome.Refused);
        Assert.Equal("ProvisionedThroughputExceededException", outcome.Reason);
        Assert.Equal(ReadingStream.Tries, kinesis.Calls.Count);
    }

    [Fact]
    public async Task The_records_of_a_call_that_fails_count_as_refused_and_are_put_again()
    {
        using var kinesis = new RecordingKinesis((_, _) => false)
        {
            Fails = call => call == 1 ? new AmazonKinesisException("slow down") : null,
        };
        Assert.Empty((await PutAsync(kinesis, [Entry("a")])).Refused);
        Assert.Equal(2, kinesis.Calls.Count);
    }

    [Theory]
    [InlineData("ProvisionedThroughputExceededException", HttpStatusCode.BadRequest, ReadingStream.Tries)]
    [InlineData("ThrottlingException", HttpStatusCode.BadRequest, ReadingStream.Tries)]
    [InlineData("InternalFailure", HttpStatusCode.InternalServerError, ReadingStream.Tries)]
    [InlineData("ServiceUnavailable", HttpStatusCode.ServiceUnavailable, ReadingStream.Tries)]
    [InlineData("ResourceNotFoundException", HttpStatusCode.BadRequest, 1)]
    [InlineData("AccessDeniedException", HttpStatusCode.BadRequest, 1)]
    [InlineData("ValidationException", HttpStatusCode.BadRequest, 1)]
    public async Task A_throttle_or_an_error_of_the_service_is_tried_again_and_any_other_is_thrown(
        string code, HttpStatusCode status, int calls)
    {
        var error = new AmazonKinesisException(code, null, ErrorType.Unknown, code, "request", status);
        using var kinesis = new RecordingKinesis((_, _) => false) { Fails = _ => error };
        if (calls == 1)
        {
            var thrown = await Assert.ThrowsAnyAsync<Exception>(
                () => PutAsync(kinesis, [Entry("a"), Entry("b")]));
            Assert.Same(error, thrown is StreamMissingException ? thrown.InnerException : thrown);
            Assert.Equal(code == "ResourceNotFoundException", thrown is StreamMissingException);
            Assert.Empty(time.Waits);
        }
        else
        {
            Assert.Equal([0, 1], (await PutAsync(kinesis, [Entry("a"), Entry("b")])).Refused);
            Assert.Equal(calls, kinesis.Calls.Count);
        }
    }

    private static StreamEntry Entry(string key) => new(key, [7]);

    private Task<PutOutcome> PutAsync(RecordingKinesis kinesis, IReadOnlyList<StreamEntry> entries) =>
        new ReadingStream(kinesis, "readings", new Backoff(new Random(1), time)).PutAsync(entries, default);
}
