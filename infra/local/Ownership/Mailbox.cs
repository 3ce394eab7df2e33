namespace Isobar.Local.Ownership;

/// <summary>The earlier name of <see cref="Monitor{TState}"/>.</summary>
internal sealed class Mailbox<TState>(string name, TState state, ServiceClock clock)
    : Monitor<TState>(name, state, clock)
    where TState : class;
