using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Ownership;
using Isobar.Local.Tests.Services;

namespace Isobar.Local.Tests.Lambda.Delivery;

/// <summary>
/// Lambda with the function <c>echo</c> and targets of every kind that keep what they are given. The function fails
/// unless a test says otherwise.
/// </summary>
internal sealed class DestinationWorld : IAsyncDisposable
{
    public const string Echo = "arn:aws:lambda:us-east-1:000000000000:function:echo";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly ClockControl clock;

    private DestinationWorld(LambdaOnPortZero lambda, StubTarget queues, StubTarget topics, StubTarget buses)
    {
        (Lambda, Queues, Topics, Buses) = (lambda, queues, topics, buses);
        clock = new ClockControl(lambda.World.Clock, lambda.World.Activity, Bound);
    }

    public LambdaOnPortZero Lambda { get; }

    public StubTarget Queues { get; }

    public StubTarget Topics { get; }

    public StubTarget Buses { get; }

    /// <param name="config">Properties of an AWS::Lambda::EventInvokeConfig of <c>echo</c>, in one line.</param>
    /// <param name="function">More properties of <c>echo</c>.</param>
    /// <param name="more">More resources.</param>
    public static async Task<DestinationWorld> StartAsync(string config, string function = "", string more = "")
    {
        var (queues, topics, buses) = (new StubTarget("sqs"), new StubTarget("sns"), new StubTarget("events"));
        var lambda = await LambdaOnPortZero.StartAsync(Resources(config, function, more), beside: world =>
        {
            world.Directory.Add(queues);
            world.Directory.Add(topics);
            world.Directory.Add(buses);
            return [];
        });
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Failure());
        return new DestinationWorld(lambda, queues, topics, buses);
    }

    public static string Resources(string config, string function = "", string more = "") =>
        LambdaOnPortZero.Function("Echo", "echo", function) + more + (config.Length == 0 ? "" : $$"""
              Config:
                Type: AWS::Lambda::EventInvokeConfig
                Properties: {FunctionName: !Ref Echo, Qualifier: $LATEST, {{config}}}

            """);

    /// <summary>Sends an event to <c>echo</c>.</summary>
    /// <returns>Its request id.</returns>
    public async Task<string> QueueAsync(string payload = """{"n":1}""", string function = "echo")
    {
        var answer = await Lambda.QueueAsync(function, payload);
        Assert.Equal(202, answer.Status);
        return answer.Header("x-amzn-RequestId")!;
    }

    public async Task QuietAsync() =>
        Assert.True(await Lambda.World.Activity.WaitForQuietAsync(Bound, default), Lambda.World.Journal.Tail(60));

    /// <summary>Lets service time pass and waits for what it brings.</summary>
    public async Task PassAsync(TimeSpan time) => await clock.AdvanceByAsync(time, default);

    /// <summary>The one record that a target has.</summary>
    public static JsonNode Record(StubTarget target, string resource) =>
        JsonNode.Parse(Assert.Single(target.Texts(resource)))!;

    public Task<DestinationDeliveryFailed> FailureAsync() => Lambda.FactAsync<DestinationDeliveryFailed>();

    public ValueTask DisposeAsync()
    {
        clock.Dispose();
        return Lambda.DisposeAsync();
    }
}
