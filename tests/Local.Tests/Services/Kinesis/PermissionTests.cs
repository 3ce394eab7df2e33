using Isobar.Local.Tests.Wire;

namespace Isobar.Local.Tests.Services.Kinesis;

/// <summary>Permissions are asked for the stream, whatever names it.</summary>
public sealed class PermissionTests
{
    private const string Arn = "arn:aws:kinesis:us-east-1:000000000000:stream/readings";

    [Fact]
    public async Task Names_ARNs_iterators_and_tokens_stand_for_their_stream()
    {
        var gate = new RecordingGate();
        await using var kinesis = await KinesisOnPortZero.StartAsync(gate);
        await kinesis.OkAsync("CreateStream", """{"StreamName":"readings","ShardCount":2,"Tags":{"a":"1"}}""");
        await kinesis.PutAsync("readings", "k", "x");
        await kinesis.GetAsync(await kinesis.IteratorAsync("readings"));
        var page = await kinesis.OkAsync("ListShards", $$"""{"StreamARN":"{{Arn}}","MaxResults":1}""");
        await kinesis.OkAsync("ListShards", $$"""{"NextToken":"{{(string)page["NextToken"]!}}"}""");
        await kinesis.OkAsync("ListTagsForResource", $$"""{"ResourceARN":"{{Arn}}"}""");
        await kinesis.OkAsync("ListStreams", "{}");

        Assert.Equal(
            [
                $"kinesis:CreateStream {Arn}", $"kinesis:AddTagsToStream {Arn}", $"kinesis:PutRecord {Arn}",
                $"kinesis:GetShardIterator {Arn}", $"kinesis:GetRecords {Arn}", $"kinesis:ListShards {Arn}",
                $"kinesis:ListShards {Arn}", $"kinesis:ListTagsForResource {Arn}", "kinesis:ListStreams *",
            ],
            gate.Asked.SelectMany(asked => asked.Actions).Select(action => $"{action.Action} {action.Resource}"));
    }

    [Fact]
    public async Task A_refused_call_puts_nothing()
    {
        var gate = new RecordingGate();
        await using var kinesis = await KinesisOnPortZero.StartAsync(gate);
        await kinesis.CreateAsync("readings");
        gate.Refuses = true;

        Assert.StartsWith("403 AccessDeniedException", await kinesis.ErrorAsync(
            "PutRecord", """{"StreamName":"readings","Data":"","PartitionKey":"k"}"""), StringComparison.Ordinal);
        gate.Refuses = false;
        Assert.Empty(await kinesis.TextsAsync("readings"));
    }
}
