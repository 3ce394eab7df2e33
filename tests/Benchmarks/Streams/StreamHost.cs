using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Isobar.Local;
using Isobar.Local.Lambda.Control;

namespace Isobar.Benchmarks.Streams;

/// <summary>
/// The local host in this process, with a table that has a stream, a Kinesis stream, and two functions that check the
/// order of each key's numbers. Their mappings are off until asked for.
/// </summary>
internal sealed class StreamHost : IAsyncDisposable
{
    public const string Table = "changes", Stream = "readings";

    /// <summary>Of the Kinesis stream; a table's stream has one.</summary>
    public const int Shards = 16;

    private const int ParallelizationFactor = 8, BatchSize = 1_000;

    private static readonly string Template = $$"""
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Globals:
          Function:
            Runtime: dotnet10
            Handler: Probe
            CodeUri: functions/Probe
            MemorySize: 512
            Timeout: 60
            Environment: {Variables: {PROBE_RECORDS: order} }
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: {{Table}}
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
              KeySchema: [{AttributeName: id, KeyType: HASH}]
              StreamSpecification: {StreamViewType: NEW_IMAGE}
          Readings: {Type: AWS::Kinesis::Stream, Properties: {Name: {{Stream}}, ShardCount: {{Shards}} } }
          OfTable:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: of-table
              Events:
                Changes:
                  Type: DynamoDB
                  Properties:
                    Stream: !GetAtt Table.StreamArn
                    StartingPosition: TRIM_HORIZON
                    Enabled: false
                    BatchSize: {{BatchSize}}
                    ParallelizationFactor: {{ParallelizationFactor}}
                    MaximumRetryAttempts: 0
          OfStream:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: of-stream
              Events:
                Readings:
                  Type: Kinesis
                  Properties:
                    Stream: !GetAtt Readings.Arn
                    StartingPosition: TRIM_HORIZON
                    Enabled: false
                    BatchSize: {{BatchSize}}
                    MaximumRetryAttempts: 0
        """;

    private readonly DirectoryInfo folder;
    private readonly LocalHost host;
    private readonly HttpClient http;

    private StreamHost(DirectoryInfo folder, LocalHost host)
    {
        (this.folder, this.host) = (folder, host);
        http = new HttpClient { BaseAddress = host.Address };
    }

    public static async Task<StreamHost> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("isobar-benchmark-");
        var template = Path.Combine(folder.FullName, "template.yaml");
        await File.WriteAllTextAsync(template, Template);
        var options = new LocalHostOptions
        {
            TemplateFile = template,
            Port = 0,
            RepositoryRoot = Checkout.Root,
            Configuration = Checkout.Configuration,
            DataDirectory = Path.Combine(folder.FullName, "data"),
            Account = new AccountLimits { Concurrency = AccountLimits.MaxConcurrency },
        };
        return new StreamHost(folder, await LocalHost.StartAsync(options, CancellationToken.None));
    }

    /// <summary>Counts the records that a function has taken from now on.</summary>
    public DrainCounter Count(string function, int records)
    {
        var counter = new DrainCounter(function, records);
        host.Journal.Attach(counter);
        return counter;
    }

    /// <summary>Lets a second of service time pass, after which shards take and give again.</summary>
    public async Task PassSecondAsync() =>
        await host.ClockControl.AdvanceByAsync(TimeSpan.FromSeconds(1), CancellationToken.None);

    /// <summary>Switches the mapping of a function on.</summary>
    public async Task EnableAsync(string function)
    {
        const string mappings = "/2015-03-31/event-source-mappings/";
        using var list = Signed("lambda", HttpMethod.Get, $"{mappings}?FunctionName={function}");
        using var listed = await http.SendAsync(list);
        var found = JsonNode.Parse(await listed.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
        using var change = Signed(
            "lambda", HttpMethod.Put, mappings + (string)found["EventSourceMappings"]![0]!["UUID"]!);
        change.Content = new StringContent("""{"Enabled":true}""");
        using var changed = await http.SendAsync(change);
        changed.EnsureSuccessStatusCode();
    }

    /// <summary>Calls a service that speaks JSON.</summary>
    /// <param name="target">Such as <c>Kinesis_20131202.PutRecords</c>.</param>
    public async Task<JsonDocument> CallAsync(string service, string target, JsonObject values)
    {
        using var request = Signed(service, HttpMethod.Post, "/");
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(values));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", target);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        return await JsonDocument.ParseAsync(body);
    }

    // As far as the host looks at a signature.
    private static HttpRequestMessage Signed(string service, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 "
            + $"Credential=test/20260112/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
