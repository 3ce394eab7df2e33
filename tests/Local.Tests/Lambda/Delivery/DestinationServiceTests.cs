using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Services;
using Isobar.Local.Services.EventBridge;
using Isobar.Local.Services.S3;
using Isobar.Local.Services.Sns;
using Isobar.Local.Services.Sqs;

namespace Isobar.Local.Tests.Lambda.Delivery;

/// <summary>Records on their way through the services themselves.</summary>
public sealed class DestinationServiceTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly string folder = Directory.CreateTempSubdirectory("isobar-destinations-").FullName;
    private SqsModule queues = null!;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Claim("D7")]
    public async Task Through_a_queue_with_the_trace_beside_the_record()
    {
        await using var lambda = await StartAsync("""
              Records: {Type: AWS::SQS::Queue, Properties: {QueueName: records}}
            """, "OnSuccess: {Destination: !GetAtt Records.Arn}");
        await lambda.QueueAsync("echo", """{"n":1}""");
        var message = await ReceiveAsync("records");
        Assert.Equal(1, (int)JsonNode.Parse((string)message["body"]!)!["responsePayload"]!["n"]!);
        Assert.StartsWith("Root=1-", (string?)message["attributes"]!["AWSTraceHeader"]);
    }

    [Fact]
    [Claim("D7")]
    public async Task Through_a_topic_to_its_subscriber()
    {
        await using var lambda = await StartAsync(Topic, "OnSuccess: {Destination: !Ref Accepted}");
        await lambda.QueueAsync("echo", """{"n":1}""");
        var record = JsonNode.Parse((string)(await ReceiveAsync("records"))["body"]!)!;
        Assert.Equal("Success", (string?)record["requestContext"]!["condition"]);
    }

    [Fact]
    public async Task A_record_of_more_than_256_KiB_does_not_fit_into_a_topic()
    {
        await using var lambda = await StartAsync(Topic, "OnSuccess: {Destination: !Ref Accepted}");
        await lambda.QueueAsync("echo", $"\"{new string('x', 140_000)}\"");
        var failed = await lambda.FactAsync<DestinationDeliveryFailed>();
        Assert.Equal(1, failed.Failures);
        Assert.StartsWith("InvalidParameter", failed.Reason);
    }

    [Fact]
    [Claim("D7")]
    public async Task Through_an_event_bus_and_a_rule_on_what_Lambda_calls_it()
    {
        await using var lambda = await StartAsync("""
              Records: {Type: AWS::SQS::Queue, Properties: {QueueName: records}}
              Bus: {Type: AWS::Events::EventBus, Properties: {Name: isobar}}
              Rule:
                Type: AWS::Events::Rule
                Properties:
                  EventBusName: !Ref Bus
                  EventPattern: {source: [lambda], detail-type: [Lambda Function Invocation Result - Success]}
                  Targets: [{Id: records, Arn: !GetAtt Records.Arn}]
            """, "OnSuccess: {Destination: !GetAtt Bus.Arn}");
        await lambda.QueueAsync("echo", """{"n":1}""");
        var happened = JsonNode.Parse((string)(await ReceiveAsync("records"))["body"]!)!;
        Assert.Equal(1, (int)happened["detail"]!["requestPayload"]!["n"]!);
        Assert.Equal(
            ["arn:aws:events:us-east-1:000000000000:event-bus/isobar", DestinationWorld.Echo + ":$LATEST"],
            happened["resources"]!.AsArray().Select(resource => (string?)resource));
    }

    [Fact]
    [Claim("D7")]
    public async Task A_failure_becomes_an_object_under_the_functions_name_and_the_day()
    {
        await using var lambda = await StartAsync("""
              Kept: {Type: AWS::S3::Bucket, Properties: {BucketName: kept}}
            """, "OnFailure: {Destination: !GetAtt Kept.Arn}");
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Failure());
        await lambda.QueueAsync("echo", "{}");
        var created = await lambda.FactAsync<ObjectCreated>();
        Assert.Equal("kept", created.Bucket);
        Assert.Matches(
            @"^aws/lambda/async/echo/(\d{4})/(\d\d)/(\d\d)/\1-\2-\3T\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$",
            created.Key);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/kept/{created.Key}");
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=test/20260112/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await lambda.Client.SendAsync(request);
        var record = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal("RetriesExhausted", (string?)record["requestContext"]!["condition"]);
    }

    private const string Topic = """
          Records: {Type: AWS::SQS::Queue, Properties: {QueueName: records}}
          Accepted: {Type: AWS::SNS::Topic}
          Subscription:
            Type: AWS::SNS::Subscription
            Properties:
              {TopicArn: !Ref Accepted, Protocol: sqs, Endpoint: !GetAtt Records.Arn, RawMessageDelivery: true}
        """;

    // With no retries, so that a failure is the end.
    private Task<LambdaOnPortZero> StartAsync(string resources, string destination) => LambdaOnPortZero.StartAsync(
        DestinationWorld.Resources($"MaximumRetryAttempts: 0, DestinationConfig: {{{destination}}}") + resources,
        world =>
        [
            queues = new SqsModule(world.Context),
            new SnsModule(world.Context),
            new EventBridgeModule(world.Context),
            new S3Module(world.Context with { DataDirectory = folder }),
        ]);

    private async Task<JsonNode> ReceiveAsync(string queue)
    {
        using var bound = new CancellationTokenSource(Bound);
        var reader = queues.CreateReader(new Arn("aws", "sqs", "us-east-1", "000000000000", queue));
        var (messages, work) = await reader.ReceiveAsync(10, bound.Token);
        work?.Dispose();
        return JsonNode.Parse(Encoding.UTF8.GetString(Assert.Single(messages).EventRecord.Span))!;
    }
}
