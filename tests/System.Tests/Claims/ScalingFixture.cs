using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Control;

namespace Isobar.Stories.Claims;

/// <summary>A small account: 20 executions, of which one function reserves 5, and one that has 3 provisioned.</summary>
public sealed class ScalingFixture : ProbeFixture
{
    internal const int Account = 20;
    internal const int Reserved = 5;
    internal const int Provisioned = 3;

    // What is reserved and provisioned leaves the others 12.
    internal const int Unreserved = Account - Reserved - Provisioned;

    internal const string Alias = "live";

    private protected override AccountLimits Limits => new() { Concurrency = Account, LeastUnreserved = Unreserved };

    private protected override string Resources =>
        Function("Crowd")
        + Function("Kept", $"ReservedConcurrentExecutions: {Reserved}")
        + Function("Hot", $"AutoPublishAlias: {Alias}, ProvisionedConcurrencyConfig: "
            + $"{{ProvisionedConcurrentExecutions: {Provisioned}}}");

    /// <summary>The alias of the function with provisioned concurrency.</summary>
    internal string Hot => $"{Stack.Stack.NameOf("Hot")}:{Alias}";

    /// <summary>Waits until all that is provisioned is there.</summary>
    internal Task<ProvisionedConcurrencyChanged> AllocatedAsync(int executions = Provisioned, long after = 0) =>
        Stack.Host.Journal.WaitForAsync<ProvisionedConcurrencyChanged>(
            fact => fact.Status == "READY" && fact.Allocated == executions, TimeSpan.FromSeconds(60), after);

    internal Task<JsonNode> ShownAsync() => Stack.Stack.Calls.LambdaAsync(HttpMethod.Get,
        $"/2019-09-30/functions/{Stack.Stack.NameOf("Hot")}/provisioned-concurrency?Qualifier={Alias}");
}
