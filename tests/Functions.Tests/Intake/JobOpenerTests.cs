using Isobar.Domain;
using Isobar.Functions.Tests.Jobs;
using Isobar.Intake;

namespace Isobar.Functions.Tests.Intake;

public sealed class JobOpenerTests
{
    private const long MiB = 1024 * 1024;

    private static readonly Landing Source = new(Examples.Source, Examples.LandedAt);

    [Fact]
    public async Task An_empty_object_is_a_job_of_no_chunks()
    {
        var (world, accepted) = await ReceiveAsync(length: 0);
        var (job, refusal) = Assert.Single(world.Opened);
        Assert.Equal((0, null), (job.Total, refusal));
        Assert.Empty(world.Sent);
        Assert.Equal((0, null), (accepted.Chunks, accepted.Refusal));
        Assert.Equal(JobState.Finished, JobStates.Of(job.Total, done: 0, failed: 0, refusal));
    }

    [Fact]
    public async Task A_plain_file_is_cut_every_8_MiB()
    {
        var (world, accepted) = await ReceiveAsync(length: 17 * MiB);
        Assert.Equal(
            [(0, 8 * MiB), (8 * MiB, 16 * MiB), (16 * MiB, 17 * MiB)],
            world.Sent.Select(message => (message.Start, message.End)));
        Assert.All(world.Sent, message => Assert.Equal(
            (Examples.Source, accepted.Job, 17 * MiB, false),
            (message.Source, message.Job, message.Length, message.Gzip)));
        Assert.Equal(3, Assert.Single(world.Opened).Job.Total);
    }

    [Fact]
    public async Task A_gzip_is_one_chunk()
    {
        var (world, _) = await ReceiveAsync(length: 64 * MiB, isGzip: true);
        var message = Assert.Single(world.Sent);
        Assert.Equal((0, 64 * MiB, true), (message.Start, message.End, message.Gzip));
    }

    [Theory]
    [InlineData(64 * MiB + 1, true, "gzip:size")]
    [InlineData(512 * 8 * MiB + 1, false, "object:chunks")]
    public async Task An_object_over_the_limit_is_refused_with_the_reason(long length, bool isGzip, string reason)
    {
        var (world, accepted) = await ReceiveAsync(length, isGzip);
        var (job, refusal) = Assert.Single(world.Opened);
        Assert.Equal((0, reason), (job.Total, refusal));
        Assert.Equal((0, reason), (accepted.Chunks, accepted.Refusal));
        Assert.Empty(world.Sent);
    }

    [Fact]
    public async Task The_largest_file_has_512_chunks()
    {
        var (world, _) = await ReceiveAsync(length: 512 * 8 * MiB);
        Assert.Equal(512, world.Sent.Count);
        Assert.Equal(512 * 8 * MiB, world.Sent[^1].End);
    }

    [Fact]
    public async Task The_job_is_there_before_its_first_chunk_is_sent()
    {
        var (world, _) = await ReceiveAsync(length: 1);
        Assert.Equal(["opened", "sent"], world.Calls);
    }

    [Fact]
    public async Task The_same_version_is_the_same_job_and_another_version_another()
    {
        var (_, first) = await ReceiveAsync(length: 1);
        var (_, again) = await ReceiveAsync(length: 1);
        var world = new RecordedWorld(1);
        var other = await new JobOpener(world, world, world).OpenAsync(
            Source with { Source = Examples.Source with { VersionId = "v2" } }, default);
        Assert.Equal(first.Job, again.Job);
        Assert.NotEqual(first.Job, other.Job);
    }

    private static async Task<(RecordedWorld World, AcceptedJob Accepted)> ReceiveAsync(
        long length, bool isGzip = false)
    {
        var world = new RecordedWorld(length, isGzip);
        return (world, await new JobOpener(world, world, world).OpenAsync(Source, default));
    }
}
