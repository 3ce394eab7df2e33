using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Logs.Operations;

internal sealed record LogStreamRequest(string? LogGroupName, string? LogStreamName)
{
    /// <exception cref="Wire.AwsException">InvalidParameterException.</exception>
    public void Check() => new ModelCheck().GroupName(LogGroupName).StreamName(LogStreamName).ThrowIfAny();
}

/// <summary>Creates a log stream.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, CreateLogStream.</remarks>
internal static class CreateLogStream
{
    /// <exception cref="Wire.AwsException">InvalidParameterException, ResourceNotFoundException,
    /// ResourceAlreadyExistsException.</exception>
    public static Empty Handle(Monitor<LogsState> logs, LogStreamRequest request)
    {
        request.Check();
        logs.Post((state, now) => state.CreateStream(request.LogGroupName!, request.LogStreamName!, now));
        return Empty.Instance;
    }
}
