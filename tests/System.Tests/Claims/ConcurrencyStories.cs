using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.EventSources;

namespace Isobar.Stories.Claims;

/// <summary>How many run at a time, and what becomes of those beyond.</summary>
[Collection(StackOfServices.Name)]
public sealed class ConcurrencyStories(ServiceFixture stack)
{
    private const int Callers = 4;

    [Fact]
    [Claim("C2")]
    public async Task Calls_at_the_same_time_each_get_an_environment_and_later_ones_use_those_again()
    {
        var before = stack.Stack.Host.Journal.LastSequence;
        await using var gate = stack.Close(Callers);
        var calls = Enumerable.Range(0, Callers).Select(_ => stack.AskAsync("Crowd", """{"do":"wait"}""")).ToArray();
        var started = new HashSet<string>();
        while (started.Count < Callers)
        {
            var start = await stack.LineAsync(
                line => line.FunctionName == Name("Crowd") && line.Line.StartsWith("START")
                    && !started.Contains(line.EnvironmentId), before);
            started.Add(start.EnvironmentId);
        }

        // All of them are at work, because the gate is closed still.
        Assert.DoesNotContain(calls, call => call.IsCompleted);
        await gate.OpenAsync();
        var processes = (await Task.WhenAll(calls)).ToHashSet();
        Assert.Equal(Callers, processes.Count);

        for (var call = 0; call < Callers; call++)
        {
            await stack.Stack.QuietAsync();
            Assert.Contains(await stack.AskAsync("Crowd", """{"do":"process"}"""), processes);
        }

        Measured.Write("C2", $"{Callers} calls at a time ran in {processes.Count} environments, later ones in these");
    }

    [Fact]
    [Claim("C4")]
    public async Task Beyond_the_limit_a_caller_gets_429_the_gateway_says_500_and_queues_try_again()
    {
        await using var gate = stack.Close();
        var held = stack.AskAsync("Narrow", """{"do":"wait"}""");
        await stack.LineAsync(line => line.FunctionName == Name("Narrow") && line.Line.StartsWith("START"));

        using var refused = await stack.TryInvokeAsync("Narrow");
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal(
            "ReservedFunctionConcurrentInvocationLimitExceeded",
            (string?)(await refused.Content.ReadFromJsonAsync<JsonObject>())!["Reason"]);
        using (var client = new HttpClient())
        {
            using var answer = await client.PostAsync(stack.Call("narrow"), new StringContent("{}"));
            Assert.Equal(500, (int)answer.StatusCode);
        }

        var (requestId, _) = await stack.Stack.InvokeAsync("Narrow", "{}", "Event");
        await stack.SendAsync("NarrowWork", "a message");
        await stack.Stack.Host.Journal.WaitForAsync<AsynchronousAttemptDeferred>(
            fact => fact.RequestId == requestId, TimeSpan.FromSeconds(60));
        await stack.Stack.Host.Journal.WaitForAsync<BatchThrottled>(_ => true, TimeSpan.FromSeconds(60));

        await gate.OpenAsync();
        await held;
        await stack.Stack.PassAsync("PT1M");
        Assert.Equal(1, stack.FactsOf<AsynchronousEventSucceeded>("Narrow").Single().Attempts);
        Assert.Equal((1, 0), stack.FactsOf<BatchSucceeded>("Narrow").Select(b => (b.Deleted, b.Failed)).Single());
    }

    [Fact]
    [Claim("C5")]
    public async Task A_reservation_of_zero_switches_a_function_off_and_a_hundred_stay_for_the_others()
    {
        using var off = await stack.TryInvokeAsync("Off");
        Assert.Equal(429, (int)off.StatusCode);

        // One is reserved by another function of the stack.
        using var most = await stack.ReserveAsync("Off", 899);
        using var more = await stack.ReserveAsync("Off", 900);
        Assert.Equal((200, 400), ((int)most.StatusCode, (int)more.StatusCode));
        Assert.Equal("{}", await stack.AskAsync("Off", "{}"));
        using var none = await stack.ReserveAsync("Off", 0);
        Assert.Equal(200, (int)none.StatusCode);
        Measured.Write(
            "C5", "with 1 of 1,000 reserved, 899 more can be and 900 can't; with 0 reserved the answer is 429");
    }

    private string Name(string function) => stack.Stack.Stack.NameOf(function);
}
