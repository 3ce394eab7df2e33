using Isobar.Local.History;

namespace Isobar.Local.Lambda.Telemetry;

/// <summary>An extension subscribed to its environment's telemetry.</summary>
internal sealed record TelemetrySubscribed(
    string FunctionName, string EnvironmentId, string Extension, TelemetryTypes Types) : IFunctionFact;

/// <summary>A subscriber has taken events.</summary>
/// <param name="Attempts">How often they were offered.</param>
internal sealed record TelemetryDelivered(
    string FunctionName, string EnvironmentId, string Extension, int Events, int Attempts) : IFunctionFact;

/// <summary>A subscriber has not taken events.</summary>
/// <param name="Attempt">Which attempt it was; they are dropped after the last.</param>
internal sealed record TelemetryRefused(
    string FunctionName, string EnvironmentId, string Extension, int Events, int Attempt, string Reason)
    : IFunctionFact;
