using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Domain;
using Isobar.Stations;

namespace Isobar.Functions.Tests.Stations;

/// <summary>An empty stations table, served by the host's DynamoDB to the AWS SDK.</summary>
internal sealed class StationsOnPortZero : IAsyncDisposable
{
    public const string Name = "Stations";

    private readonly TableOnPortZero table;

    private StationsOnPortZero(TableOnPortZero table) => this.table = table;

    public AmazonDynamoDBClient Client => table.Client;

    public StationReader Reader => new(Client, Name, Backoff);

    public StationList List => new(Client, Name);

    public StationWriter Writer => new(Client, Name, Backoff, new FixedTime(TableOnPortZero.Now));

    public CurrentVersions Currents => new(Client, Name, Backoff, TableOnPortZero.Retention);

    public ReportRequests Reports => new(Client, Name, Backoff, TableOnPortZero.Retention);

    public static Backoff Backoff => new(new Random(1), new ImmediateTime());

    public static async Task<StationsOnPortZero> StartAsync() =>
        new(await TableOnPortZero.StartAsync(Name, "station", "item"));

    /// <summary>A version of a file of the bucket <c>landing</c>.</summary>
    /// <param name="number">1 to 9; a greater one is newer.</param>
    public static SourceVersion Version(string key, int number) => new(
        new ObjectVersion("landing", key, $"v{number}", $"0055AED6DCD90281E{number}"),
        JobId.From("landing", key, $"v{number}"));

    /// <summary>A month with a TMAX on each of its first days.</summary>
    public static MonthPartial Month(string station, string month, int days, int tmax = 100) => new(
        station, month, (1 << days) - 1, days * tmax, 0, 0, 0, 0,
        new() { ["TMAX"] = days }, TmaxHighest: tmax);

    /// <summary>Writes the months and makes their version current.</summary>
    public async Task ServeAsync(SourceVersion version, params MonthPartial[] months)
    {
        await WriteAsync(version, months);
        await Currents.AdvanceAsync(version, [.. ShardsOf(months)], default);
    }

    public async Task WriteAsync(SourceVersion version, params MonthPartial[] months)
    {
        await Writer.PutYearsAsync(version, StationYear.Divide(months), default);
        await Writer.AddStationsAsync(version, [.. months.Select(month => month.Station).Distinct()], default);
    }

    /// <summary>The items of a partition.</summary>
    public async Task<IReadOnlyList<Dictionary<string, AttributeValue>>> ItemsAsync(string partition)
    {
        var answer = await Client.QueryAsync(new QueryRequest
        {
            TableName = Name,
            KeyConditionExpression = "station = :station",
            ExpressionAttributeValues = new() { [":station"] = new AttributeValue { S = partition } },
            ConsistentRead = true,
        });
        return answer.Items ?? [];
    }

    public ValueTask DisposeAsync() => table.DisposeAsync();

    private static IEnumerable<int> ShardsOf(IEnumerable<MonthPartial> months) => months
        .Select(month => Shard.Of(StationId.Pack(System.Text.Encoding.ASCII.GetBytes(month.Station)))).Distinct()
        .Order();
}
