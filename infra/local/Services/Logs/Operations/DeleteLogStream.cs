using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Logs.Operations;

/// <summary>Deletes a log stream with its events.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, DeleteLogStream.</remarks>
internal static class DeleteLogStream
{
    /// <exception cref="Wire.AwsException">InvalidParameterException, ResourceNotFoundException.</exception>
    public static Empty Handle(Monitor<LogsState> logs, LogStreamRequest request)
    {
        request.Check();
        logs.Post((state, _) => state.DeleteStream(request.LogGroupName!, request.LogStreamName!));
        return Empty.Instance;
    }
}
