using Amazon.Lambda.S3Events;
using Isobar.Domain;
using Isobar.Functions.Tests.Jobs;
using Isobar.Intake;

namespace Isobar.Functions.Tests.Intake;

public sealed class FunctionTests
{
    [Theory]
    [InlineData("a.csv", "a.csv")]
    [InlineData("by+station/a%2Bb%2520%26.csv", "by station/a+b%20&.csv")]
    [InlineData("%C3%A9t%C3%A9/%E6%B0%97%E8%B1%A1.csv.gz", "été/気象.csv.gz")]
    public async Task A_key_is_decoded_as_S3_encodes_it_in_events(string encoded, string key)
    {
        var world = new RecordedWorld(length: 5);
        var accepted = await HandleAsync(world, Event(encoded, "v1"));
        Assert.Equal(
            new ObjectVersion("landing", key, "v1", "0055AED6DCD90281E5"),
            Assert.Single(world.Asked));
        Assert.Equal(key, Assert.Single(accepted.Jobs).Source.Key);
        Assert.Equal(JobId.From("landing", key, "v1"), accepted.Jobs[0].Job);
    }

    [Fact]
    public async Task Every_record_of_an_event_is_received()
    {
        var world = new RecordedWorld(length: 5);
        var landed = Event("a.csv", "v1");
        landed.Records.AddRange(Event("b.csv", "v1").Records);
        var accepted = await HandleAsync(world, landed);
        Assert.Equal(["a.csv", "b.csv"], accepted.Jobs.Select(job => job.Source.Key));
        Assert.Equal(2, world.Sent.Count);
    }

    [Fact]
    public async Task An_object_without_version_is_refused()
    {
        var world = new RecordedWorld(length: 5);
        await Assert.ThrowsAsync<InvalidDataException>(() => HandleAsync(world, Event("a.csv", versionId: null)));
        Assert.Empty(world.Calls);
    }

    [Fact]
    public async Task An_invocation_past_its_deadline_ends_without_doing_anything()
    {
        var world = new RecordedWorld(length: 5);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Function(new JobOpener(world, world, world))
                .Handle(Event("a.csv", "v1"), new Invocation(TimeSpan.FromSeconds(-1))));
        Assert.True(world.WasAtDeadline);
        Assert.Empty(world.Calls);
    }

    private static Task<Accepted> HandleAsync(RecordedWorld world, S3Event landed) =>
        new Function(new JobOpener(world, world, world)).Handle(landed, new Invocation());

    private static S3Event Event(string encodedKey, string? versionId) => new()
    {
        Records =
        [
            new S3Event.S3EventNotificationRecord
            {
                EventTime = Examples.LandedAt.UtcDateTime,
                S3 = new S3Event.S3Entity
                {
                    Bucket = new S3Event.S3BucketEntity { Name = "landing" },
                    Object = new S3Event.S3ObjectEntity
                    {
                        Key = encodedKey,
                        VersionId = versionId,
                        Sequencer = "0055AED6DCD90281E5",
                    },
                },
            },
        ],
    };
}
