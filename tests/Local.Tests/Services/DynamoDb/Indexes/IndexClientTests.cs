namespace Isobar.Local.Tests.Services.DynamoDb.Indexes;

public sealed class IndexClientTests
{
    [Fact]
    public async Task Boto3_uses_indexes_throughput_and_tags_as_it_would_at_AWS()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();

        var seen = await PythonClient.RunAsync("Services/DynamoDb/Indexes/indexes.py", host.Address);

        Assert.Equal("""
            {"open":[["job1","3"],["job1","4"],["job3","3"],["job3","4"]],"names":["at","id","rows","state"],
            "fetched":["at","id","more","rows","state"],"made":1,
            "indexes":[["by-state","ACTIVE",20,0],["by-rows","ACTIVE",20,0]],"tags":[{"Key":"team","Value":"data"}]}
            """.ReplaceLineEndings(""), seen.ToJsonString());
    }
}
