using System.Text.RegularExpressions;

namespace Isobar.Tidy.Tests;

/// <summary>
/// One place counts the work that a jump of the clock waits for: the monitors, which give each effect a lease. A lease
/// begins elsewhere only where a request comes in.
/// </summary>
public sealed partial class CountedWork
{
    /// <summary>Where requests come in that no state has decided, and what they are.</summary>
    private static readonly Dictionary<string, string> Doors = new()
    {
        ["infra/local/Edge/Requests/Distribution.cs"] = "a viewer's request to the distribution",
        ["infra/local/Lambda/Environments/EnvironmentPool.cs"] = "an invocation that asks for an environment",
    };

    [Fact]
    public void Nothing_counts_work_by_hand_but_the_doors()
    {
        var counting = Repository.Files("infra/local", ".cs")
            .Where(path => !path.StartsWith("infra/local/Ownership/", StringComparison.Ordinal))
            .Where(path => Begins().IsMatch(Repository.Text(path)));

        Assert.Equal(Doors.Keys.Order(), counting.Order());
    }

    [GeneratedRegex(@"\b[aA]ctivity(\(\))?\.Begin\(")]
    private static partial Regex Begins();
}
