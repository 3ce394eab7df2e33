using Isobar.Local.Wire;

namespace Isobar.Stories.Lineage;

/// <summary>Takes a service away from one function of the stack, for as long as a story wants it.</summary>
internal sealed class AwayGate : IRequestGate
{
    private volatile IReadOnlyList<(string Function, string Action, string Resource)> away = [];

    /// <param name="function">The physical name.</param>
    /// <param name="action">As IAM spells it, or the beginning of it.</param>
    /// <param name="resource">A part of the resource's ARN; empty for every one.</param>
    public void TakeAway(string function, string action, string resource = "") =>
        away = [.. away, (function, action, resource)];

    public void BringBack() => away = [];

    public void Check(AuthorizationRequest request)
    {
        foreach (var (action, resource) in request.Actions)
            if (away.Any(each => each.Function == request.Principal.Session
                && action.StartsWith(each.Action, StringComparison.Ordinal)
                && resource.Contains(each.Resource, StringComparison.Ordinal)))
                throw new AwsException("AccessDeniedException", "Away for a story.", 400);
    }
}

/// <summary>A stack of the stories' own, whose functions can be made to fail for a while.</summary>
public sealed class MendedStackFixture : StackFixture
{
    internal AwayGate Away { get; } = new();

    internal override IRequestGate? CallGate => Away;
}
