namespace Isobar.Local.Services.Kinesis.Operations;

/// <summary>The answer of the operations that return nothing: it has no body.</summary>
internal sealed record EmptyResponse;
