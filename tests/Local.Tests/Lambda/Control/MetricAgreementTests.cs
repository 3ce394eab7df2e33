using System.Text;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Services;
using Isobar.Local.Services.CloudWatch;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Lambda.Control;

/// <summary>What CloudWatch's API says of functions is what the journal says, to the last invocation.</summary>
public sealed class MetricAgreementTests
{
    private const int Invocations = 5_000;

    private static readonly string[] Names = ["echo", "echo:live", "echo:1", "narrow", "off"];

    [Fact]
    [Claim("M2")]
    public async Task Metrics_agree_with_the_journal_over_5000_random_invocations()
    {
        var seed = Seeds.Next();
        await using var lambda = await StartAsync();
        lambda.Pool.Run = async (function, request) =>
        {
            await Task.Yield();
            var drawn = int.Parse(Encoding.UTF8.GetString(request.Payload.Span));
            var outcome = drawn % 10 == 0 ? EnvironmentsInName.Failure()
                : drawn % 10 == 1 ? EnvironmentsInName.Failure("Sandbox.Timedout")
                : EnvironmentsInName.Success("{}");
            return outcome with
            {
                ExecutedVersion = function.Version, Duration = TimeSpan.FromMilliseconds(1 + (drawn % 100)),
            };
        };

        var refused = await InvokeAllAsync(lambda, seed);

        var facts = lambda.World.Journal.After(0).Select(entry => entry.Fact).ToList();
        var ended = facts.OfType<InvocationEnded>().ToList();
        var throttled = facts.OfType<InvocationThrottled>().ToList();
        Assert.Equal(Invocations, ended.Count + throttled.Count);
        Assert.Equal(refused, throttled.Count);
        Assert.True(refused > Invocations / 10, $"only {refused} were refused; ISOBAR_SEED={seed}");
        await AssertAsync(lambda, seed, [], ended, throttled.Count);
        foreach (var name in Names.Select(name => name.Split(':')[0]).Distinct())
        {
            await AssertAsync(lambda, seed, [("FunctionName", name)],
                ended.Where(fact => fact.FunctionName == name), throttled.Count(fact => fact.FunctionName == name));
        }

        foreach (var name in Names)
        {
            await AssertAsync(lambda, seed, [("FunctionName", name.Split(':')[0]), ("Resource", name)],
                ended.Where(fact => Resource(fact.FunctionName, fact.Qualifier) == name),
                throttled.Count(fact => Resource(fact.FunctionName, fact.Qualifier) == name));
        }

        foreach (var version in (string[])["1", "2"])
        {
            await AssertAsync(lambda, seed,
                [("FunctionName", "echo"), ("Resource", "echo:live"), ("ExecutedVersion", version)],
                ended.Where(fact => fact.Qualifier == "live" && fact.ExecutedVersion == version), 0);
        }
    }

    [Fact]
    public async Task A_caller_that_hangs_up_does_not_keep_its_invocation_out_of_the_metrics()
    {
        await using var lambda = await StartAsync();
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        lambda.Pool.Run = async (_, _) =>
        {
            begun.SetResult();
            await release.Task;
            return EnvironmentsInName.Success("{}");
        };
        using var hangUp = new CancellationTokenSource();
        var call = InvokeAsync(lambda, "echo", 1, hangUp.Token);
        await begun.Task;

        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        release.SetResult();

        Assert.False((await lambda.FactAsync<InvocationEnded>()).IsError);
    }

    private static async Task<LambdaOnPortZero> StartAsync()
    {
        var lambda = await LambdaOnPortZero.StartAsync(
            LambdaOnPortZero.Function("Echo", "echo")
            + LambdaOnPortZero.Function("Narrow", "narrow", "      ReservedConcurrentExecutions: 1")
            + LambdaOnPortZero.Function("Off", "off", "      ReservedConcurrentExecutions: 0"),
            world => [new CloudWatchModule(world.Context)]);
        await PostAsync(lambda, HttpMethod.Post, "/versions", "{}", 201);
        await PostAsync(lambda, HttpMethod.Put, "/configuration", """{"Description":"second"}""", 200);
        await PostAsync(lambda, HttpMethod.Post, "/versions", "{}", 201);
        await PostAsync(lambda, HttpMethod.Post, "/aliases",
            """
            {"Name":"live","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"2":0.3}}}
            """, 201);
        return lambda;
    }

    private static async Task PostAsync(
        LambdaOnPortZero lambda, HttpMethod method, string path, string body, int status)
    {
        var answer = await lambda.SendAsync(
            method, "/2015-03-31/functions/echo" + path, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.True(answer.Status == status, answer.Body);
    }

    /// <returns>How many were refused.</returns>
    private static async Task<int> InvokeAllAsync(LambdaOnPortZero lambda, int seed)
    {
        var random = new Random(seed);
        var draws = Enumerable.Range(0, Invocations)
            .Select(_ => (Name: Names[random.Next(Names.Length)], Drawn: random.Next(1_000))).ToList();
        var refused = 0;
        await Parallel.ForEachAsync(draws, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (draw, _) =>
        {
            try
            {
                await InvokeAsync(lambda, draw.Name, draw.Drawn, default);
            }
            catch (AwsException e) when (e.Status == 429)
            {
                Interlocked.Increment(ref refused);
            }
        });
        return refused;
    }

    private static async Task InvokeAsync(
        LambdaOnPortZero lambda, string name, int drawn, CancellationToken cancellationToken) =>
        await ((IInvoker)lambda.Module).InvokeAsync(
            new Arn("aws", "lambda", "us-east-1", LambdaOnPortZero.Account, $"function:{name}"),
            Encoding.UTF8.GetBytes($"{drawn}"), null, cancellationToken);

    private static string Resource(string function, string? qualifier) =>
        qualifier is null ? function : $"{function}:{qualifier}";

    private static async Task AssertAsync(
        LambdaOnPortZero lambda, int seed, (string Name, string Value)[] dimensions, IEnumerable<InvocationEnded> facts,
        int throttled)
    {
        var ended = facts.ToList();
        var about = $"{string.Join(' ', dimensions)}; ISOBAR_SEED={seed}";
        var durations = ended.Select(fact => fact.DurationMs).Order().ToList();
        var percentile = ended.Count == 0 ? (double?)null : durations[(int)Math.Ceiling(0.9 * ended.Count) - 1];
        double? Of(double value) => ended.Count > 0 ? value : null;
        await CheckAsync("Invocations", "Sum", Of(ended.Count));
        await CheckAsync("Errors", "Sum", Of(ended.Count(fact => fact.IsError)));
        await CheckAsync("Throttles", "Sum", throttled > 0 ? throttled : null);
        await CheckAsync("Duration", "Sum", Of(durations.Sum()));
        await CheckAsync("Duration", "SampleCount", Of(ended.Count));
        await CheckAsync("Duration", "Maximum", Of(durations.LastOrDefault()));
        await CheckAsync("Duration", "p90", percentile);

        async Task CheckAsync(string metric, string statistic, double? wanted)
        {
            var read = await Metrics.ReadAsync(lambda.Client, "AWS/Lambda", metric, statistic, dimensions);
            Assert.True(wanted.Equals(read), $"{metric} {statistic}: {read}, not {wanted}, of {about}");
        }
    }
}
