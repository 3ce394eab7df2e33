using System.Text.Json.Nodes;
using Amazon.SQS.Model;
using Isobar.Local.Lineage;
using Isobar.Local.Services.Sqs;

namespace Isobar.Local.Tour;

/// <summary>
/// A message on which Summarize fails whenever it comes, ahead of a file's own in the file's group of the summaries
/// queue: the group waits until it is a dead letter, and the groups of other files do not.
/// </summary>
internal sealed class BlockedGroup(LocalHost host, StackClients clients, Jobs jobs, TourReport report, string samples)
{
    // More than the parts of a second by which the messages' receives may be apart.
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    private readonly StationItems stations = new(clients.DynamoDb, clients.StationsTable);

    // Its station is in no other file of the tour.
    private readonly string blocked = SampleFiles.KeyOf(SampleFiles.In(samples).ElementAt(1));

    private bool wasBlocked;
    private int others;

    private string Station => Path.GetFileName(blocked).Split('.')[0];

    /// <summary>Sends the message. Its five receives take place while the broken file has its own.</summary>
    public Task BlockAsync(CancellationToken cancellationToken)
    {
        var shard = ResultObjects.ShardOf(Station);
        // Asks for the end of a version that is newer than any: that can't be done before one still newer is there.
        var message = new JsonObject
        {
            ["step"] = "Expire",
            ["source"] = new JsonObject
            {
                ["bucket"] = clients.LandingBucket,
                ["key"] = blocked,
                ["versionId"] = "tour",
                ["sequencer"] = new string('F', 16),
            },
            ["job"] = "tour-blocked",
            ["shard"] = shard,
            ["shards"] = new JsonArray(shard),
        };
        return clients.Sqs.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = clients.SummariesQueueUrl,
                MessageBody = message.ToJsonString(),
                MessageGroupId = $"{StationItems.SourceOf(clients.LandingBucket, blocked)}-{shard}",
                MessageDeduplicationId = "tour-blocked",
            },
            cancellationToken);
    }

    /// <summary>Looks at the months while the clock stands.</summary>
    public async Task LookAsync(IReadOnlyList<LandedVersion> landed, CancellationToken cancellationToken)
    {
        await jobs.QuietAsync(cancellationToken);
        foreach (var version in landed)
        {
            var isCurrent = await IsCurrentAsync(version, cancellationToken);
            if (version.Key == blocked) wasBlocked = !isCurrent;
            else if (isCurrent) others++;
        }
    }

    /// <param name="landed">The samples, of which one is broken.</param>
    public async Task ShowAsync(IReadOnlyList<LandedVersion> landed, CancellationToken cancellationToken)
    {
        report.Heading("A message that fails blocks its FIFO group, and no other");
        report.Check(wasBlocked && others == landed.Count - 2,
            $"behind it, {Station} has no months; those of {others} other files are there at once");
        await host.ClockControl.AdvanceByAsync(Apart, cancellationToken);
        await jobs.QuietAsync(cancellationToken);
        var facts = host.Journal.After(0);
        var moved = facts.Single(entry => entry.Fact is MessageMovedToDeadLetterQueue fact
            && fact.Queue == StackClients.NameOf(clients.SummariesQueueUrl));
        var dead = (MessageMovedToDeadLetterQueue)moved.Fact;
        var sent = facts.First(entry => entry.Fact is MessageSent fact && fact.MessageId == dead.MessageId);
        var isCurrent = await IsCurrentAsync(
            landed.Single(version => version.Key == blocked), cancellationToken);
        report.Check(dead.ReceiveCount == 5 && isCurrent,
            $"after {dead.ReceiveCount} receives in {Tour.Spoken(moved.Time - sent.Time)} it is a dead letter, "
                + $"and the months of {Station} are there");
    }

    private async Task<bool> IsCurrentAsync(LandedVersion version, CancellationToken cancellationToken)
    {
        var source = StationItems.SourceOf(clients.LandingBucket, version.Key);
        return (await stations.CurrentAsync(source, cancellationToken))?.VersionId == version.VersionId;
    }
}
