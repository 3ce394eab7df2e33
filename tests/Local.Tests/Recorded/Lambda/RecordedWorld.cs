using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Services.EventBridge;
using Isobar.Local.Services.Kinesis;
using Isobar.Local.Services.S3;
using Isobar.Local.Services.Sns;
using Isobar.Local.Services.Sqs;
using Isobar.Local.Tests.Lambda;
using Isobar.Local.Tests.Services;
using Isobar.Local.Tests.Services.DynamoDb;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Lambda, SQS, SNS, DynamoDB, EventBridge, Kinesis and S3 behind one door, for one recorded case.</summary>
internal sealed class RecordedWorld : IAsyncDisposable
{
    public const string Functions = "/2015-03-31/functions/";
    public const string Echo = "arn:aws:lambda:us-east-1:000000000000:function:echo";

    private const string Queues = """
          Records: {Type: AWS::SQS::Queue, Properties: {QueueName: records}}
          Dead: {Type: AWS::SQS::Queue, Properties: {QueueName: dead}}
          Work:
            Type: AWS::SQS::Queue
            Properties: {QueueName: work, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 2}}

        """;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly SqsModule queues;
    private readonly ClockControl clock;

    private RecordedWorld(LambdaOnPortZero lambda, SqsModule queues)
    {
        (Lambda, this.queues) = (lambda, queues);
        clock = new ClockControl(lambda.World.Clock, lambda.World.Activity, Bound);
    }

    public LambdaOnPortZero Lambda { get; }

    /// <summary>The requests that reached the function, in order.</summary>
    public IReadOnlyList<InvocationRequest> Requests => [.. Lambda.Pool.Requests];

    public static async Task<RecordedWorld> StartAsync(LambdaCase recorded)
    {
        SqsModule? queues = null;
        IEnumerable<IServiceModule> Beside(World world) =>
        [
            queues = new SqsModule(world.Context),
            new DynamoDbModule(world.Context),
            new EventBridgeModule(world.Context),
            new KinesisModule(world.Context),
            new S3Module(world.Context),
            new SnsModule(world.Context),
        ];
        var probe = """
                  Code: functions/Probe
                  Handler: Probe
                  MemorySize: 512
                  Timeout: 1
            """;
        var echo = LambdaOnPortZero.Function("Echo", "echo", recorded.Function);
        if (recorded.Runs)
            echo = echo.Replace("      Code: functions/Echo\n      Handler: Echo", probe, StringComparison.Ordinal);
        var resources = Queues + echo + recorded.Resources;
        var lambda = recorded.Runs
            ? await LambdaOnPortZero.StartWithProbesAsync(resources, Beside)
            : await LambdaOnPortZero.StartAsync(resources + LambdaOnPortZero.Function("Other", "other"), Beside);
        return new RecordedWorld(lambda, queues!);
    }

    public static string QueueArn(string queue) => Named(queue).ToString();

    public Task<LambdaAnswer> GetAsync(string path) => Lambda.SendAsync(HttpMethod.Get, path);

    public Task<LambdaAnswer> SendAsync(HttpMethod method, string path, string? json = null) =>
        Lambda.SendAsync(method, path, json is null ? null : new StringContent(json));

    /// <summary>Signs for another Region than the host's functions are in.</summary>
    public async Task<LambdaAnswer> SendFromAsync(string region, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20260112/{region}/lambda/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await Lambda.Client.SendAsync(request);
        return new LambdaAnswer((int)answer.StatusCode, answer.Headers, await answer.Content.ReadAsStringAsync());
    }

    public void Answer(InvocationOutcome outcome) => Lambda.Pool.Run = (_, _) => ValueTask.FromResult(outcome);

    /// <summary>Everything is said to fail with this message.</summary>
    public void Fail(string message = "on purpose") => Answer(EnvironmentsInName.Success(
        new JsonObject { ["errorType"] = "Exception", ["errorMessage"] = message }.ToJsonString()) with
    {
        FunctionError = "Unhandled",
        ErrorType = "Exception",
    });

    /// <summary>Waits for what is under way, after some service time.</summary>
    public async Task PassAsync(TimeSpan time = default) => await clock.AdvanceByAsync(time, default);

    /// <summary>Sends a message to a queue that a mapping may read.</summary>
    public async Task SendMessageAsync(
        string queue, string body, params (string Name, string Type, string Value)[] attributes)
    {
        var happened = new TargetEvent(Encoding.UTF8.GetBytes(body), Deliver.Nobody)
        {
            Attributes = attributes.ToDictionary(attribute => attribute.Name,
                attribute => new TargetAttribute(attribute.Type, Encoding.UTF8.GetBytes(attribute.Value))),
        };
        await queues.DeliverAsync(Named(queue), happened, default);
    }

    /// <summary>Puts an item into the table <c>watched</c>.</summary>
    /// <param name="item">As DynamoDB's JSON writes it.</param>
    public Task PutItemAsync(string item) => AskTableAsync("PutItem", $$"""{"TableName":"watched","Item":{{item}}}""");

    /// <summary>The ARN of the stream of the table <c>watched</c>.</summary>
    public async Task<string> StreamArnAsync() => (string)(await AskTableAsync(
        "DescribeTable", """{"TableName":"watched"}"""))["Table"]!["LatestStreamArn"]!;

    private async Task<JsonNode> AskTableAsync(string operation, string body)
    {
        using var request = RawRequest.Of(Lambda.Address, operation, body);
        using var answer = await Lambda.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>The next message of a queue, as an event record; it is deleted.</summary>
    public async Task<JsonNode> ReceiveAsync(string queue)
    {
        using var bound = new CancellationTokenSource(Bound);
        var reader = queues.CreateReader(Named(queue));
        var (messages, work) = await reader.ReceiveAsync(1, bound.Token);
        work?.Dispose();
        var message = Assert.Single(messages);
        await reader.CompleteAsync([message.Handle], bound.Token);
        return JsonNode.Parse(Encoding.UTF8.GetString(message.EventRecord.Span))!;
    }

    /// <summary>The next message's body, which is JSON.</summary>
    public async Task<JsonNode> ReceiveBodyAsync(string queue) =>
        JsonNode.Parse((string)(await ReceiveAsync(queue))["body"]!)!;

    /// <summary>What AWS says to a resource that is refused, without the name of the resource before it.</summary>
    public async Task<string> RefusedDeploymentAsync(string resources)
    {
        var refused = await Assert.ThrowsAsync<DeploymentException>(() => Lambda.DeployAsync(resources));
        return Assert.Single(refused.Errors).Message;
    }

    private static Arn Named(string queue) => new("aws", "sqs", "us-east-1", "000000000000", queue);

    public async ValueTask DisposeAsync()
    {
        clock.Dispose();
        await Lambda.DisposeAsync();
    }
}
