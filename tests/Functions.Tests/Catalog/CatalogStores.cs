using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Isobar.Catalog;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Catalog;

/// <summary>The catalogue's table and site bucket on the host's services, and a queue that keeps messages.</summary>
internal sealed class CatalogStores : IAsyncDisposable
{
    private static readonly StationNames Names = StationNames.Read(
        new MemoryStream("id,name\nXIW00000001,Skerry Light\n"u8.ToArray()));

    private readonly TableOnPortZero table;
    private readonly BucketsOnPortZero buckets;
    private readonly RecordingSqs sqs = new();

    private CatalogStores(TableOnPortZero table, BucketsOnPortZero buckets) =>
        (this.table, this.buckets) = (table, buckets);

    public IAmazonDynamoDB Table => table.Client;

    public Amazon.S3.IAmazonS3 S3 => buckets.Client;

    /// <summary>The bodies of the messages that were sent.</summary>
    public List<string> Sent => sqs.Bodies;

    public CatalogTable Files => new(
        table.Client, "Catalog", new Backoff(new Random(1), new ImmediateTime()), TableOnPortZero.Retention);

    public RecordFileFunction RecordFile => new(new FileRecorder(Files, new ChangesQueue(sqs, "queue"), Names));

    public static async Task<CatalogStores> StartAsync() => new(
        await TableOnPortZero.StartAsync("Catalog", "key"), await BucketsOnPortZero.StartAsync("site"));

    public WritePagesFunction WritePages(ISiteLists? lists = null, TimeProvider? clock = null) => new(new PageWriter(
        Files, lists ?? new SiteLists(buckets.Client, "site"),
        new Backoff(new Random(1), clock ?? new ImmediateTime())));

    /// <summary>An object of the site bucket as text.</summary>
    public async Task<string> TextAsync(string key)
    {
        using var answer = await buckets.Client.GetObjectAsync("site", key);
        return await new StreamReader(answer.ResponseStream).ReadToEndAsync();
    }

    /// <summary>The keys of a list in the site bucket.</summary>
    public async Task<IEnumerable<string>> KeysAsync(string key) =>
        JsonDocument.Parse(await TextAsync(key)).RootElement.GetProperty("files").EnumerateArray()
            .Select(file => file.GetProperty("key").GetString()!);

    public async ValueTask DisposeAsync()
    {
        sqs.Dispose();
        await table.DisposeAsync();
        await buckets.DisposeAsync();
    }

    private sealed class RecordingSqs() : AmazonSQSClient(
        new AnonymousAWSCredentials(), new AmazonSQSConfig { RegionEndpoint = Amazon.RegionEndpoint.USEast1 })
    {
        public List<string> Bodies { get; } = [];

        public override Task<SendMessageResponse> SendMessageAsync(
            string queueUrl, string messageBody, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Bodies.Add(messageBody);
            return Task.FromResult(new SendMessageResponse());
        }
    }
}
