using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

public sealed class JobTable
{
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public void A_job_is_the_hash_of_bucket_key_and_version()
    {
        byte[] hashed = [0, 0, 0, 1, (byte)'b', 0, 0, 0, 2, .. "é"u8, 0, 0, 0, 2, .. "v1"u8];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(hashed)), JobId.From("b", "é", "v1"));
    }

    [Fact]
    public void Fields_do_not_run_together()
    {
        string[] ids =
        [
            JobId.From("ab", "c", "d"), JobId.From("a", "bc", "d"), JobId.From("a", "b", "cd"),
            JobId.From("", "abc", "d"),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(0, false, "")]
    [InlineData(0, true, "")]
    [InlineData(1, false, "0-1")]
    [InlineData(8 * Mebibyte, false, "0-8388608")]
    [InlineData(8 * Mebibyte + 1, false, "0-8388608 8388608-8388609")]
    [InlineData(64 * Mebibyte, true, "0-67108864")]
    public void An_object_is_divided_so(long length, bool gzip, string chunks)
    {
        var plan = ChunkPlan.For(length, gzip);
        Assert.Null(plan.Refusal);
        Assert.Equal(chunks, string.Join(' ', plan.Chunks.Select(chunk => $"{chunk.Start}-{chunk.End}")));
    }

    [Fact]
    public void A_job_has_at_most_512_chunks()
    {
        Assert.Equal(512, ChunkPlan.For(4096 * Mebibyte, isGzip: false).Chunks.Count);
        var refused = ChunkPlan.For(4096 * Mebibyte + 1, isGzip: false);
        Assert.Equal("object:chunks", refused.Refusal);
        Assert.Empty(refused.Chunks);
    }

    [Fact]
    public void A_gzip_over_64_MiB_is_refused() =>
        Assert.Equal("gzip:size", ChunkPlan.For(64 * Mebibyte + 1, isGzip: true).Refusal);

    [Fact]
    public void A_gzip_is_known_by_its_first_two_bytes()
    {
        Assert.True(Gzip.IsGzip([0x1F, 0x8B]));
        Assert.False(Gzip.IsGzip([0x1F]));
        Assert.False(Gzip.IsGzip([]));
        Assert.False(Gzip.IsGzip("ID,DATE"u8));
    }

    [Theory]
    [InlineData(0, 0, 0, null, JobState.Finished)]
    [InlineData(3, 2, 0, null, JobState.Running)]
    [InlineData(3, 2, 1, null, JobState.Incomplete)]
    [InlineData(3, 0, 3, null, JobState.Incomplete)]
    [InlineData(3, 1, 1, null, JobState.Running)]
    [InlineData(3, 3, 0, null, JobState.Finished)]
    [InlineData(0, 0, 0, "gzip:size", JobState.Refused)]
    public void A_state_is_derived(int total, int done, int failed, string? refusal, JobState state) =>
        Assert.Equal(state, JobStates.Of(total, done, failed, refusal));

    [Fact]
    public void Counts_that_do_not_add_up_to_the_rows_are_not_balanced()
    {
        var chunks = new[] { new ChunkCounts(9, 7, 1, 2, 3, 1), new ChunkCounts(4, 4, 4, 0, 0, 0) };
        var counts = JobCounts.Of(chunks);
        Assert.Equal(new JobCounts(5, 2, 3, 1), counts);
        Assert.True(counts.Balance(11) && chunks.All(chunk => chunk.IsBalanced));
        Assert.False(counts.Balance(12));
        Assert.False((chunks[0] with { Rows = 8 }).IsBalanced);
    }

    [Fact]
    public void Results_have_keys_that_depend_on_the_chunk_only()
    {
        Assert.Equal("curated/abc/8388608.jsonl.gz", ObjectKeys.Curated("abc", 8388608));
        Assert.Equal("quarantine/abc/0.jsonl", ObjectKeys.Quarantine("abc", 0));
        Assert.Equal("partials/abc/0/15.jsonl", ObjectKeys.Partial("abc", 0, 15));
    }

    [Fact]
    public void A_chunk_message_is_this_JSON()
    {
        var message = new ChunkMessage(
            new ObjectVersion("landing", "a b.csv", "v1", "0055AED6DCD90281E5"), "abc", 0, 8, 9, Gzip: false);
        const string json =
            """{"source":{"bucket":"landing","key":"a b.csv","versionId":"v1","sequencer":"0055AED6DCD90281E5"}""" +
            ""","job":"abc","start":0,"end":8,"length":9,"gzip":false}""";
        Assert.Equal(json, message.ToJson());
        Assert.Equal(message, ChunkMessage.FromJson(json));
        Assert.Equal(new ChunkRange(0, 8, 9), message.Range);
        Assert.Equal(ChunkRange.Everything, (message with { Gzip = true }).Range);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"source":{"bucket":null,"key":"k","versionId":"v","sequencer":"0"},@"job":"j"}""")]
    [InlineData("""{"source":{"key":"k","versionId":"v","sequencer":"0"},@"job":"j"}""")]
    [InlineData("""{"source":{"bucket":"b","key":"k","versionId":"v","sequencer":null},@"job":"j"}""")]
    [InlineData("""{"source":null,@"job":"j"}""")]
    [InlineData("""{"source":{"bucket":"b","key":"k","versionId":"v","sequencer":"0"},@"job":null}""")]
    public void A_message_that_lacks_anything_is_an_error(string json)
    {
        var numbers = json.Replace("@", """ "start":0,"end":8,"length":9,"gzip":false, """, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => ChunkMessage.FromJson(numbers));
    }
}
