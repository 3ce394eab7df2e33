using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace Isobar.Tidy.Tests.StandIns;

[CollectionDefinition(nameof(OwnsTheConsole), DisableParallelization = true)]
public sealed class OwnsTheConsole;

/// <summary>
/// What a runtime does on the wire, whichever package it comes from: these hold for the real one as well.
/// </summary>
[Collection(nameof(OwnsTheConsole))]
public sealed class RuntimeLoopTests : IDisposable
{
    private readonly TextWriter standardOut = Console.Out;
    private readonly TextWriter standardError = Console.Error;
    private readonly StringWriter log = new();

    public RuntimeLoopTests()
    {
        Console.SetOut(log);
        Console.SetError(log);
    }

    public void Dispose()
    {
        Console.SetOut(standardOut);
        Console.SetError(standardError);
    }

    [Fact]
    public async Task Each_event_is_answered_under_its_own_request_id()
    {
        using var api = new FakeRuntimeApi(("one", "\"a\""), ("two", "\"b\""));

        await RunUntilParkedAsync(api, (input, _) => Task.FromResult(input));

        Assert.Equal(
            [
                ("/2018-06-01/runtime/invocation/one/response", "\"a\""),
                ("/2018-06-01/runtime/invocation/two/response", "\"b\""),
            ],
            api.Posts.Select(p => (p.Path, p.Body)));
    }

    [Fact]
    public async Task An_exception_is_logged_and_reported_and_the_loop_goes_on()
    {
        using var api = new FakeRuntimeApi(("one", "1"), ("two", "2"));

        await RunUntilParkedAsync(api, (input, context) => context.AwsRequestId == "one"
            ? throw new InvalidOperationException("not this one", new TimeoutException("late"))
            : Task.FromResult(input));

        var report = api.Posts.First();
        Assert.Equal("/2018-06-01/runtime/invocation/one/error", report.Path);
        Assert.Equal("InvalidOperationException", report.Headers["Lambda-Runtime-Function-Error-Type"]);
        Assert.Equal("application/vnd.aws.lambda.error+json", report.Headers["Content-Type"]);
        using var error = JsonDocument.Parse(report.Body);
        Assert.Equal("InvalidOperationException", error.RootElement.GetProperty("errorType").GetString());
        Assert.Equal("not this one", error.RootElement.GetProperty("errorMessage").GetString());
        Assert.NotEqual(0, error.RootElement.GetProperty("stackTrace").GetArrayLength());
        Assert.Equal("late", error.RootElement.GetProperty("cause").GetProperty("errorMessage").GetString());
        Assert.Matches(@"^\S+Z\tone\tfail\tSystem.InvalidOperationException: not this one", log.ToString());
        Assert.Equal("/2018-06-01/runtime/invocation/two/response", api.Posts.Last().Path);
    }

    [Fact]
    public async Task The_context_knows_the_invocation_and_its_log_lines_carry_the_request_id()
    {
        using var api = new FakeRuntimeApi(("one", "1"));

        await RunUntilParkedAsync(api, (_, context) =>
        {
            context.Logger.LogInformation("{count} rows of {file}", 3, "x.csv");
            return Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(
                $"{context.TraceId} {context.RemainingTime > TimeSpan.FromDays(1)}")));
        });

        Assert.Equal("Root=1-a;Parent=b;Sampled=0 True", api.Posts.Single().Body);
        Assert.Matches(@"^\S+Z\tone\tinfo\t3 rows of x\.csv\r?\n$", log.ToString());
    }

    [Fact]
    public async Task A_failing_initializer_is_reported_and_ends_the_runtime()
    {
        using var api = new FakeRuntimeApi(("one", "1"));
        using var bootstrap = LambdaBootstrapBuilder.Create((Stream input) => Task.FromResult(input))
            .UseBootstrapHandler(() => throw new ArgumentException("no table"))
            .ConfigureOptions(options => options.RuntimeApiEndpoint = api.Endpoint)
            .Build();

        await Assert.ThrowsAsync<ArgumentException>(() => bootstrap.RunAsync(TestContext.Current.CancellationToken));

        var report = api.Posts.Single();
        Assert.Equal("/2018-06-01/runtime/init/error", report.Path);
        Assert.Contains("\"errorMessage\": \"no table\"", report.Body, StringComparison.Ordinal);
    }

    private static async Task RunUntilParkedAsync(
        FakeRuntimeApi api, Func<Stream, ILambdaContext, Task<Stream>> handler)
    {
        using var stop = new CancellationTokenSource();
        using var bootstrap = LambdaBootstrapBuilder.Create(handler)
            .ConfigureOptions(options => options.RuntimeApiEndpoint = api.Endpoint)
            .Build();
        var run = bootstrap.RunAsync(stop.Token);
        await Task.WhenAny(run, api.Parked);
        await stop.CancelAsync();
        await run;
    }
}
