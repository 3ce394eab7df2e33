using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Wire;
using Isobar.Stories.Platform;

namespace Isobar.Stories.Claims;

/// <summary>
/// A stack around the Probe that the stories of a class share, started for the first one that asks. Its queue Gate
/// holds the Probe back until a story opens it.
/// </summary>
public abstract class ProbeFixture : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    // Longer than the ten minutes for which an environment stays idle.
    private const string IdleTime = "PT11M";

    private readonly LazyStart<ProbeStack> start;
    private ProbeCheckout? checkout;

    protected ProbeFixture() => start = new LazyStart<ProbeStack>(() =>
    {
        checkout = CheckOut();
        return ProbeStack.StartAsync(
            "  Gate: {Type: AWS::SQS::Queue}\n" + Resources, checkout.Root, Limits, CallGate, RuntimeClients);
    });

    internal ProbeStack Stack => start.Value;

    /// <summary>The template's, beside the gate; indented by two spaces.</summary>
    private protected abstract string Resources { get; }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (start.Started is { } stack) await stack.DisposeAsync();
        checkout?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The Probe as a function that knows the gate.</summary>
    /// <param name="properties">In flow style, such as <c>Layers: [!Ref One], Timeout: 5</c>.</param>
    /// <param name="variables">Likewise.</param>
    private protected static string Function(string id, string properties = "", string variables = "") => $$"""
          {{id}}:
            Type: AWS::Serverless::Function
            Properties: {CodeUri: functions/Probe, Handler: Probe, Runtime: dotnet10, MemorySize: 512, Timeout: 60,
              {{properties}}{{(properties.Length > 0 ? "," : "")}}
              Environment: {Variables: {GATE: !Ref Gate{{(variables.Length > 0 ? ", " : "")}}{{variables}}} } }

        """;

    private protected static string Layer(string id, string content) =>
        $"  {id}: {{Type: AWS::Serverless::LayerVersion, Properties: {{ContentUri: {content}}}}}\n";

    /// <summary>Of the account.</summary>
    private protected virtual AccountLimits Limits => new();

    /// <summary>Is asked about every call of AWS's APIs; null to allow all.</summary>
    private protected virtual IRequestGate? CallGate => null;

    /// <summary>Where runtime clients of other languages are; null where none is needed.</summary>
    private protected virtual string? RuntimeClients => null;

    private protected virtual ProbeCheckout CheckOut() => new();

    /// <summary>Invokes synchronously and returns what the function answered.</summary>
    internal async Task<string> AskAsync(string function, string payload) =>
        (await Stack.InvokeAsync(function, payload, "RequestResponse")).Answer;

    /// <summary>Invokes synchronously and waits until the invocation is over, which may be after its answer.</summary>
    internal async Task<Report> ReportAsync(string function, string payload)
    {
        var (requestId, _) = await Stack.InvokeAsync(function, payload, "RequestResponse");
        return await ReportOfAsync(requestId);
    }

    internal async Task<Report> ReportOfAsync(string requestId)
    {
        var start = $"REPORT RequestId: {requestId}";
        return Report.Parse((await LineAsync(line => line.Line.StartsWith(start, StringComparison.Ordinal))).Line);
    }

    /// <summary>For a story that holds so many back at the gate.</summary>
    internal ClosedGate Close(int times = 1) => new(this, times);

    internal Task<JsonNode> SendAsync(string queue, string body) => Stack.Stack.Calls.SqsAsync(
        "SendMessage", new JsonObject { ["QueueUrl"] = Stack.Stack.NameOf(queue), ["MessageBody"] = body });

    /// <summary>Lets every idle environment reach its end.</summary>
    internal async Task RetireAsync(string function)
    {
        await Stack.QuietAsync();
        var ended = FactsOf<EnvironmentEnded>(function).Select(fact => fact.EnvironmentId);
        var idle = FactsOf<EnvironmentStarted>(function).Select(fact => fact.EnvironmentId).Except(ended).ToList();
        await Stack.PassAsync(IdleTime);
        foreach (var environment in idle)
            await Stack.Host.Journal.WaitForAsync<EnvironmentEnded>(fact => fact.EnvironmentId == environment, Bound);
    }

    /// <summary>A line of a function's log, when it is written.</summary>
    internal Task<LogLineWritten> LineAsync(Func<LogLineWritten, bool> condition, long after = 0) =>
        Stack.Host.Journal.WaitForAsync(condition, Bound, after);

    /// <summary>What happened to a function so far.</summary>
    internal IReadOnlyList<TFact> FactsOf<TFact>(string function) where TFact : Isobar.Local.Lambda.IFunctionFact =>
    [
        .. Stack.Host.Journal.After(0).Select(entry => entry.Fact).OfType<TFact>()
            .Where(fact => fact.FunctionName == Stack.Stack.NameOf(function)),
    ];

    /// <summary>What an extension of a function wrote so far.</summary>
    internal IEnumerable<string> LinesOf(string function, string extension) =>
        FactsOf<LogLineWritten>(function).Where(line => line.Extension == extension).Select(line => line.Line);

    internal Task<JsonNode> ConfigurationAsync(string function) => Stack.Stack.Calls.LambdaAsync(
        HttpMethod.Get, $"/2015-03-31/functions/{Stack.Stack.NameOf(function)}/configuration");

    internal async Task<JsonNode> EnvironmentAsync(string function) =>
        JsonNode.Parse(await AskAsync(function, """{"do":"environment"}"""))!;

    /// <summary>Invokes a function that may be throttled.</summary>
    internal Task<HttpResponseMessage> TryInvokeAsync(string function, string payload = "{}") =>
        TryAsync(HttpMethod.Post, $"/2015-03-31/functions/{Stack.Stack.NameOf(function)}/invocations", payload);

    internal Task<HttpResponseMessage> ReserveAsync(string function, int executions) => TryAsync(
        HttpMethod.Put, $"/2017-10-31/functions/{Stack.Stack.NameOf(function)}/concurrency",
        new JsonObject { ["ReservedConcurrentExecutions"] = executions }.ToJsonString());

    /// <summary>A call whose answer may be a refusal.</summary>
    private async Task<HttpResponseMessage> TryAsync(HttpMethod method, string path, string body)
    {
        using var client = new HttpClient { BaseAddress = Stack.Host.Address };
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", Stack.Stack.Calls.Authorization("lambda"));
        return await client.SendAsync(request);
    }
}
