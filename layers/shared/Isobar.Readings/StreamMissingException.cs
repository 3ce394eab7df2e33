namespace Isobar.Readings;

/// <summary>There is no stream of readings: its stack is not deployed.</summary>
public sealed class StreamMissingException(string message, Exception inner) : Exception(message, inner);
