namespace Isobar.Local.Lambda.Environments;

/// <summary>What a fact leads to: the next phase, and what the shell is to do, in order.</summary>
internal readonly record struct Step(Phase Next, IReadOnlyList<Effect> Effects)
{
    /// <summary>Nothing to do.</summary>
    public static Step Stay(Phase phase) => new(phase, []);

    public Step Then(Func<Phase, Step> further)
    {
        var next = further(Next);
        return new Step(next.Next, Effects.Count == 0 ? next.Effects : [.. Effects, .. next.Effects]);
    }

    /// <summary>The same step with effects that come before its own.</summary>
    public Step After(params IReadOnlyList<Effect> earlier) => new(Next, [.. earlier, .. Effects]);
}
