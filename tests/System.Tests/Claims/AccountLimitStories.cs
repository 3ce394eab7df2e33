using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Isobar.Stories.Claims;

/// <summary>What becomes of calls beyond an account's concurrency, most of which a function has reserved.</summary>
public sealed class AccountLimitStories(AccountLimitFixture stack) : IClassFixture<AccountLimitFixture>
{
    private const int Unreserved = 1_000 - AccountLimitFixture.Reserved;

    [Fact]
    [Claim("C1")]
    public async Task Of_all_calls_at_the_same_time_those_beyond_the_accounts_limit_get_429()
    {
        await using var gate = stack.Close(Unreserved);
        var calls = Enumerable.Range(0, Unreserved + 1)
            .Select(_ => stack.TryInvokeAsync("Crowd", """{"do":"wait"}""")).ToList();

        // The others wait at the gate, or for a process of this machine.
        var first = await Task.WhenAny(calls);
        var refused = await first;
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal(
            "ConcurrentInvocationLimitExceeded",
            (string?)(await refused.Content.ReadFromJsonAsync<JsonObject>())!["Reason"]);
        Assert.Equal([first], calls.Where(call => call.IsCompleted));

        await gate.OpenAsync();
        var answers = await Task.WhenAll(calls);
        Assert.Equal(Unreserved, answers.Count(answer => (int)answer.StatusCode == 200));
        foreach (var answer in answers) answer.Dispose();
        Measured.Write(
            "C1", $"with {AccountLimitFixture.Reserved} of 1,000 reserved, call {calls.Count} at a time got 429");
    }
}

/// <summary>A stack with a function that reserves as much as can be reserved, and one that reserves nothing.</summary>
public sealed class AccountLimitFixture : ProbeFixture
{
    internal const int Reserved = 900;

    private protected override string Resources =>
        Function("Reserving", $"ReservedConcurrentExecutions: {Reserved}") + Function("Crowd");
}
