using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Lambda.EventSources.Streams;

namespace Isobar.Stories.Platform;

/// <summary>A Kinesis stream, and a function that is invoked with its records and checks their order.</summary>
public sealed class KinesisStories
{
    private const string Template = """
          Readings: {Type: AWS::Kinesis::Stream, Properties: {Name: readings, ShardCount: 1} }
          ProbeFunction:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: functions/Probe
              Handler: Probe
              Runtime: dotnet10
              MemorySize: 512
              Timeout: 5
              Environment: {Variables: {PROBE_RECORDS: order} }
              Events:
                Readings:
                  Type: Kinesis
                  Properties:
                    Stream: !GetAtt Readings.Arn
                    StartingPosition: TRIM_HORIZON
                    BatchSize: 10
                    ParallelizationFactor: 2
                    MaximumRetryAttempts: 0

        """;

    [Fact]
    [Claim("B7")]
    [Claim("T7")]
    public async Task Records_of_Kinesis_are_taken_in_order_by_key_also_through_a_split()
    {
        await using var stack = await ProbeStack.StartAsync(Template);
        await PutAsync(stack, 0, 40);
        await stack.Stack.Calls.KinesisAsync("SplitShard", new JsonObject
        {
            ["StreamName"] = "readings",
            ["ShardToSplit"] = "shardId-000000000000",
            ["NewStartingHashKey"] = $"{UInt128.One << 127}",
        });
        await PutAsync(stack, 40, 80);

        await stack.QuietAsync();

        var facts = stack.Host.Journal.After(0).Select(entry => entry.Fact).ToList();
        // The function throws when a key's number falls.
        Assert.Empty(facts.OfType<StreamBatchFailed>());
        var taken = facts.OfType<StreamBatchSucceeded>().ToList();
        Assert.Equal(80, taken.Sum(batch => batch.Records));
        Assert.All(taken, batch => Assert.InRange(batch.Records, 1, 10));
        Assert.Equal(3, taken.Select(batch => batch.ShardId).Distinct().Count());
        Assert.True(
            taken.FindLastIndex(batch => batch.ShardId == "shardId-000000000000")
            < taken.FindIndex(batch => batch.ShardId != "shardId-000000000000"));
    }

    private static async Task PutAsync(ProbeStack stack, int from, int to)
    {
        var put = await stack.Stack.Calls.KinesisAsync("PutRecords", new JsonObject
        {
            ["StreamName"] = "readings",
            ["Records"] = new JsonArray([.. Enumerable.Range(from, to - from).Select(number => new JsonObject
            {
                ["PartitionKey"] = $"key-{number % 7}",
                ["Data"] = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{number}")),
            })]),
        });
        Assert.Equal(0, (int)put["FailedRecordCount"]!);
    }
}
