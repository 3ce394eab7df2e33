using System.IO.Compression;
using Amazon.S3;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Functions.Tests.Transform;

public sealed class ChunkConverterTests
{
    [Fact]
    public async Task A_chunk_is_committed_after_everything_is_put()
    {
        var chunk = new OneChunk(OneChunk.GoodRows);
        await chunk.Work.RunAsync(chunk.Message, default);
        Assert.Equal(["put curated", "put quarantine", "put partials", "committed"], chunk.Calls);
        Assert.Equal(
            new ChunkCounts(Lines: 3, Rows: 3, Accepted: 1, Flagged: 0, Missing: 1, Malformed: 1), chunk.Committed);
    }

    [Fact]
    public async Task A_chunk_that_is_done_is_not_touched()
    {
        var chunk = new OneChunk(OneChunk.GoodRows) { State = ChunkState.Done };
        await chunk.Work.RunAsync(chunk.Message, default);
        Assert.Empty(chunk.Calls);
    }

    [Fact]
    public async Task A_redriven_chunk_is_done_like_any_other()
    {
        var chunk = new OneChunk(OneChunk.GoodRows) { State = ChunkState.Failed };
        await chunk.Work.RunAsync(chunk.Message, default);
        Assert.Equal("committed", chunk.Calls[^1]);
    }

    [Fact]
    public async Task A_broken_gzip_is_recorded_with_its_reason_and_writes_nothing()
    {
        var gzip = Gzip(OneChunk.GoodRows);
        gzip[^8] ^= 1;
        await CheckFailureAsync<InputRefusedException>(new OneChunk(gzip, isGzip: true), "gzip:crc");
        await CheckFailureAsync<InputRefusedException>(new OneChunk(gzip[..^9], isGzip: true), "gzip:truncated");
    }

    [Fact]
    public async Task At_the_deadline_the_reason_is_timeout_wherever_the_work_was()
    {
        foreach (var step in (string[])["look", "read", "put"])
        {
            using var deadline = new CancellationTokenSource();
            var chunk = new OneChunk(OneChunk.GoodRows);
            chunk.Before = name =>
            {
                if (name == step) deadline.Cancel();
            };
            await CheckFailureAsync<OperationCanceledException>(chunk, "timeout", deadline.Token);
        }
    }

    [Fact]
    public async Task A_timeout_of_one_call_is_not_recorded_as_the_timeout_of_the_function()
    {
        var chunk = new OneChunk(OneChunk.GoodRows) { Before = Fail("read", new TaskCanceledException()) };
        await CheckFailureAsync<TaskCanceledException>(chunk, "TaskCanceledException");
    }

    [Fact]
    public async Task The_reason_of_an_AWS_error_is_its_code()
    {
        var gone = new AmazonS3Exception("The specified version does not exist.") { ErrorCode = "NoSuchVersion" };
        var chunk = new OneChunk(OneChunk.GoodRows) { Before = Fail("read", gone) };
        await CheckFailureAsync<AmazonS3Exception>(chunk, "NoSuchVersion");
    }

    [Fact]
    public async Task A_commit_that_conflicts_on_every_try_is_recorded_as_a_conflict()
    {
        var chunk = new OneChunk(OneChunk.GoodRows)
        {
            Before = Fail("commit", new JobsConflictException(5, new InvalidOperationException())),
        };
        await Assert.ThrowsAsync<JobsConflictException>(() => chunk.Work.RunAsync(chunk.Message, default));
        Assert.Equal("recorded conflict", chunk.Calls[^1]);
    }

    [Fact]
    public async Task A_read_that_ends_too_early_is_a_failure_not_a_short_file()
    {
        var chunk = new OneChunk(OneChunk.GoodRows);
        await CheckFailureAsync<EndOfStreamException>(
            chunk, "EndOfStreamException", message: chunk.Message with { End = 4_000, Length = 4_000 });
    }

    [Fact]
    public async Task A_reason_that_cannot_be_recorded_does_not_hide_the_failure()
    {
        var chunk = new OneChunk(OneChunk.GoodRows)
        {
            Before = step =>
            {
                if (step == "read") throw new IOException("the read");
                if (step == "record") throw new IOException("the record");
            },
        };
        var failure = await Assert.ThrowsAsync<IOException>(() => chunk.Work.RunAsync(chunk.Message, default));
        Assert.Equal("the read", failure.Message);
    }

    private static async Task CheckFailureAsync<TException>(
        OneChunk chunk, string reason, CancellationToken deadline = default, ChunkMessage? message = null)
        where TException : Exception
    {
        await Assert.ThrowsAnyAsync<TException>(() => chunk.Work.RunAsync(message ?? chunk.Message, deadline));
        Assert.Equal([$"recorded {reason}"], chunk.Calls);
    }

    private static Action<string> Fail(string step, Exception failure) => name =>
    {
        if (name == step) throw failure;
    };

    private static byte[] Gzip(byte[] content)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        return bytes.ToArray();
    }
}
