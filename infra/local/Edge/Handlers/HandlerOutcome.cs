using System.Text.Json;

namespace Isobar.Local.Edge.Handlers;

/// <summary>How an event ended in a handler.</summary>
internal abstract record HandlerOutcome;

/// <summary>The handler returned something, which is still to be checked.</summary>
internal sealed record HandlerReturned(JsonElement Value) : HandlerOutcome;

/// <summary>The handler threw, its process ended, could not be started or took too long.</summary>
/// <param name="Why">A sentence.</param>
internal sealed record HandlerFailed(string Why) : HandlerOutcome;

/// <summary>Too many events wait for a process.</summary>
internal sealed record HandlerThrottled : HandlerOutcome;
