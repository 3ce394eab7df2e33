using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Stories.Claims;

/// <summary>Many calls at once, for an account of 20 executions.</summary>
public sealed class ScalingStories(ScalingFixture stack) : IClassFixture<ScalingFixture>
{
    private const string Environment = """{"do":"environment"}""";
    private const string Wait = """{"do":"wait"}""";

    [Fact]
    [Claim("C6")]
    public async Task Three_provisioned_environments_are_there_before_a_call_and_the_fourth_call_spills_over()
    {
        var journal = stack.Stack.Host.Journal;
        await stack.AllocatedAsync();
        Assert.Equal("READY", (string?)(await stack.ShownAsync())["Status"]);
        await stack.Stack.QuietAsync();
        // Other stories may have called already; then they used these.
        Assert.True(stack.FactsOf<EnvironmentStarted>("Hot").Count >= ScalingFixture.Provisioned);

        var before = journal.LastSequence;
        await using var gate = stack.Close(4);
        var calls = Enumerable.Range(0, 3).Select(_ => InvokeAsync(stack.Hot, Wait)).ToList();
        await BegunAsync("Hot", 3, before);
        Assert.DoesNotContain(Since(before), fact => fact is EnvironmentStarted);
        calls.Add(InvokeAsync(stack.Hot, Wait));
        await journal.WaitForAsync<InvocationSpilledOver>(_ => true, TimeSpan.FromSeconds(60), before);
        await BegunAsync("Hot", 4, before);
        Assert.Single(Since(before).OfType<EnvironmentStarted>());

        await gate.OpenAsync();
        Assert.Equal(4, (await Task.WhenAll(calls)).Distinct().Count());
        await stack.Stack.QuietAsync();
        var variables = JsonNode.Parse(await InvokeAsync(stack.Hot, Environment))!;
        Assert.Equal("provisioned-concurrency", (string?)variables["AWS_LAMBDA_INITIALIZATION_TYPE"]);
        var reports = stack.FactsOf<LogLineWritten>("Hot").Select(line => line.Line)
            .Where(line => line.StartsWith("REPORT ", StringComparison.Ordinal)).ToArray();
        Measured.Write("C6", $"{ScalingFixture.Provisioned} environments before a call; no init in 3 calls at a time, "
            + $"an init in the 4th; {reports.Count(line => line.Contains("Init Duration"))} of {reports.Length} "
            + "reports have an Init Duration");
    }

    [Fact]
    [Claim("C2")]
    [Claim("C4")]
    public async Task As_many_slow_calls_as_are_reserved_are_as_many_environments_and_the_next_one_gets_429()
    {
        var before = stack.Stack.Host.Journal.LastSequence;
        await using var gate = stack.Close(ScalingFixture.Reserved);
        var calls = Enumerable.Range(0, ScalingFixture.Reserved)
            .Select(_ => stack.TryInvokeAsync("Kept", Wait)).ToArray();
        await BegunAsync("Kept", ScalingFixture.Reserved, before);

        using var refused = await stack.TryInvokeAsync("Kept", Wait);

        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal(
            LambdaErrors.ReservedConcurrencyReached,
            (string?)(await refused.Content.ReadFromJsonAsync<JsonObject>())!["Reason"]);
        await gate.OpenAsync();
        var processes = new HashSet<string>();
        foreach (var answer in await Task.WhenAll(calls))
        {
            Assert.Equal(200, (int)answer.StatusCode);
            processes.Add(await answer.Content.ReadAsStringAsync());
            answer.Dispose();
        }

        Assert.Equal(ScalingFixture.Reserved, processes.Count);
    }

    [Fact]
    [Claim("C4")]
    [Claim("C5")]
    public async Task No_instant_has_more_than_the_account_and_every_refused_call_has_its_reason()
    {
        const int beyond = 6;
        const int events = 10;
        var journal = stack.Stack.Host.Journal;
        await stack.AllocatedAsync();
        await stack.Stack.QuietAsync();
        var before = journal.LastSequence;
        var gate = stack.Close(ScalingFixture.Unreserved + ScalingFixture.Reserved);
        await using (gate)
        {
            var calls = Ask("Crowd", ScalingFixture.Unreserved + beyond)
                .Concat(Ask("Kept", ScalingFixture.Reserved + beyond)).ToArray();
            var refused = await FirstAsync(calls, 2 * beyond);
            Assert.All(refused, answer => Assert.Equal(429, (int)answer.StatusCode));
            for (var sent = 0; sent < events; sent++) await stack.Stack.InvokeAsync("Crowd", "1", "Event");
            await journal.WaitForAsync<AsynchronousAttemptDeferred>(_ => true, TimeSpan.FromSeconds(60), before);
            await gate.OpenAsync();
            Assert.Equal(
                ScalingFixture.Unreserved + ScalingFixture.Reserved,
                (await Task.WhenAll(calls)).Count(answer => (int)answer.StatusCode == 200));
        }

        for (var minutes = 0; minutes < 30 && Succeeded() < events; minutes++) await stack.Stack.PassAsync("PT1M");
        Assert.Equal(events, Succeeded());
        var throttled = Since(before).OfType<InvocationThrottled>().ToArray();
        Assert.Equal(
            [
                (Name("Crowd"), LambdaErrors.AccountConcurrencyReached, beyond),
                (Name("Kept"), LambdaErrors.ReservedConcurrencyReached, beyond),
            ],
            throttled.Where(fact => fact.Caller == InvocationCaller.Synchronous)
                .GroupBy(fact => (fact.FunctionName, fact.Reason))
                .Select(group => (group.Key.FunctionName, group.Key.Reason, group.Count()))
                .OrderBy(group => group.FunctionName == Name("Crowd") ? 0 : 1));
        Assert.Equal(
            Since(before).OfType<AsynchronousAttemptDeferred>().Count(),
            throttled.Count(fact => fact.Caller == InvocationCaller.AsynchronousEvent));
        var (most, mostKept) = Most(before);
        Assert.InRange(most, 1, ScalingFixture.Account);
        Assert.InRange(mostKept, 1, ScalingFixture.Reserved);
        const int answered = ScalingFixture.Unreserved + ScalingFixture.Reserved;
        Measured.Write("C4",
            $"of {answered + (2 * beyond)} calls at a time in an account of {ScalingFixture.Account}, of which another "
            + $"function has {ScalingFixture.Provisioned}, {answered} were answered and {2 * beyond} got 429; all "
            + $"{events} asynchronous events of the burst succeeded later");

        int Succeeded() => Since(before).OfType<AsynchronousEventSucceeded>().Count();
    }

    private Task<HttpResponseMessage>[] Ask(string function, int calls) =>
        [.. Enumerable.Range(0, calls).Select(_ => stack.TryInvokeAsync(function, Wait))];

    private async Task<string> InvokeAsync(string function, string payload)
    {
        using var answer = await stack.Stack.Stack.Calls.InvokeAsync(function, payload, "RequestResponse");
        return await answer.Content.ReadAsStringAsync();
    }

    // So many environments have begun an invocation.
    private async Task BegunAsync(string function, int count, long after)
    {
        var begun = new HashSet<string>();
        while (begun.Count < count)
        {
            var start = await stack.LineAsync(
                line => line.FunctionName == Name(function) && !begun.Contains(line.EnvironmentId)
                    && line.Line.StartsWith("START ", StringComparison.Ordinal), after);
            begun.Add(start.EnvironmentId);
        }
    }

    // The others wait at the gate, or for a process of this machine.
    private static async Task<IReadOnlyList<HttpResponseMessage>> FirstAsync(
        IEnumerable<Task<HttpResponseMessage>> calls, int count)
    {
        var open = calls.ToHashSet();
        var first = new List<HttpResponseMessage>();
        while (first.Count < count)
        {
            var answered = await Task.WhenAny(open);
            open.Remove(answered);
            first.Add(await answered);
        }

        return first;
    }

    private (int Most, int MostKept) Most(long after)
    {
        var (all, kept, most, mostKept) = (0, 0, 0, 0);
        foreach (var stepped in Since(after).OfType<EnvironmentStepped>())
        {
            var change = (stepped.From, stepped.To) switch
            {
                (not nameof(Invoke), nameof(Invoke)) => 1,
                (nameof(Invoke), not nameof(Invoke)) => -1,
                _ => 0,
            };
            all += change;
            if (stepped.FunctionName == Name("Kept")) kept += change;
            (most, mostKept) = (Math.Max(most, all), Math.Max(mostKept, kept));
        }

        return (most, mostKept);
    }

    private IEnumerable<object> Since(long sequence) =>
        stack.Stack.Host.Journal.After(sequence).Select(entry => (object)entry.Fact);

    private string Name(string function) => stack.Stack.Stack.NameOf(function);
}
