namespace Isobar.Local.Tests.Services.Kinesis;

/// <summary>Kinesis by clients that nobody here wrote.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task Boto3_uses_every_operation()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();

        var seen = await PythonClient.RunAsync("Services/Kinesis/round-trip.py", kinesis.Address);

        Assert.Equal("""
            {"put":["shardId-000000000000",0,["0","1","0","1"]],"texts":["one","0","2"],"again":["0","2"],
            "since":["one","0","2"],"end":[false,["2","3"]],"resized":[2,3,3],"retention":48,"created":true,
            "tags":["more","team"],"onDemand":1,"consumer":"UnknownOperationException",
            "gone":"ResourceNotFoundException"}
            """.ReplaceLineEndings(""), seen.ToJsonString());
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2")]
    public async Task The_SDK_for_JavaScript_puts_and_reads_records(string version)
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();

        var seen = await JavaScriptClient.RunAsync("Services/Kinesis/round-trip.mjs", kinesis.Address, version);

        Assert.Equal("""
            {"failed":0,"texts":["wärme","b","c"],"dated":true,"behind":0,
            "shards":[["0",null],["1","0"],["2","0"]],"open":2,
            "missing":{"name":"ResourceNotFoundException",
            "message":"Stream none under account 000000000000 not found.","status":400},"mode":null}
            """.ReplaceLineEndings(""), seen.GetRawText());
    }
}
