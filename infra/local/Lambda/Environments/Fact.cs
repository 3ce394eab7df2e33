using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Lambda.Environments;

/// <summary>Something that happened to an environment, at an instant of real time.</summary>
internal abstract record Fact(DateTimeOffset At);

internal sealed record InvokeRequested(DateTimeOffset At, Invocation Invocation) : Fact(At);

/// <summary>The environment is to end now, whatever it is doing.</summary>
internal sealed record RetireRequested(DateTimeOffset At) : Fact(At);

internal sealed record TimerFired(DateTimeOffset At, long Generation) : Fact(At);

/// <summary>The connection of a parked poll went away.</summary>
internal sealed record PollDropped(DateTimeOffset At, Poll Poll) : Fact(At);

/// <param name="Extension">Which external extension; null for the runtime.</param>
internal sealed record ProcessExited(DateTimeOffset At, string? Extension, ProcessEnd End) : Fact(At);

/// <summary>The operating system would not start a process.</summary>
internal sealed record StartFailed(DateTimeOffset At, string? Extension, string Reason) : Fact(At)
{
    /// <summary>Of the runtime.</summary>
    public string ErrorType { get; init; } = Failure.InvalidEntrypoint;
}

/// <summary>A call on the environment's API, made by a process of the given incarnation.</summary>
internal abstract record ApiCall(DateTimeOffset At, int Incarnation) : Fact(At);

internal sealed record RuntimeNext(DateTimeOffset At, int Incarnation, Poll Poll) : ApiCall(At, Incarnation);

internal sealed record RuntimeResponse(
    DateTimeOffset At, int Incarnation, string RequestId, ReadOnlyMemory<byte> Payload) : ApiCall(At, Incarnation)
{
    /// <summary>When its first bytes came; <see cref="Fact.At"/> is when the last had come.</summary>
    public DateTimeOffset Began { get; init; } = At;
}

/// <summary>A response that Lambda does not take.</summary>
internal sealed record RuntimeResponseFaulted(
    DateTimeOffset At, int Incarnation, string RequestId, ResponseFault Fault) : ApiCall(At, Incarnation);

internal sealed record RuntimeError(
    DateTimeOffset At, int Incarnation, string RequestId, ReadOnlyMemory<byte> Payload, string ErrorType)
    : ApiCall(At, Incarnation);

internal sealed record RuntimeInitError(
    DateTimeOffset At, int Incarnation, ReadOnlyMemory<byte> Payload, string ErrorType) : ApiCall(At, Incarnation);

/// <param name="Identifier">What it will call itself by from now on, if it is let in.</param>
internal sealed record ExtensionRegistered(
    DateTimeOffset At, int Incarnation, string Name, ExtensionEvents Events, Guid Identifier)
    : ApiCall(At, Incarnation);

internal sealed record ExtensionNext(
    DateTimeOffset At, int Incarnation, string Name, Poll Poll) : ApiCall(At, Incarnation);

/// <param name="During">Whether the extension called <c>init/error</c> or <c>exit/error</c>.</param>
internal sealed record ExtensionFailed(
    DateTimeOffset At, int Incarnation, string Name, ExtensionFault During, string ErrorType)
    : ApiCall(At, Incarnation);

internal enum ResponseFault
{
    TooLarge,
    Truncated,
    InvalidMode,
}

internal enum ExtensionFault
{
    Init,
    Exit,
}
