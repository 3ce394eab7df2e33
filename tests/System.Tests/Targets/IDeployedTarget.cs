using Isobar.Local.Tokens;

namespace Isobar.Stories;

/// <summary>A target with the stack deployed, and its way to let time pass.</summary>
internal interface IDeployedTarget : IAsyncDisposable
{
    DeployedStack Stack { get; }

    /// <summary>
    /// Issues tokens that the stack's authorizer takes; skips the story where there is no key for it.
    /// </summary>
    TokenIssuer Tokens { get; }

    /// <summary>How often a story lets time pass before it gives up.</summary>
    int MaxSteps { get; }

    /// <summary>Comes to a moment at which looking again may show something new.</summary>
    Task ComeToRestAsync();

    /// <summary>Lets time pass: to the next timer where the clock can be moved, else a little of it.</summary>
    /// <param name="byTheMinute">
    /// By a minute, where the clock can be moved: alarms have no timer that a jump stops at.
    /// </param>
    Task LetTimePassAsync(bool byTheMinute);

    /// <summary>What the target can tell about what happened, for the message of a story that gave up.</summary>
    string Tail();
}
