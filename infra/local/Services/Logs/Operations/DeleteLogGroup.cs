using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Logs.Operations;

internal sealed record DeleteLogGroupRequest(string? LogGroupName);

/// <summary>Deletes a log group with its streams and events.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, DeleteLogGroup.</remarks>
internal static class DeleteLogGroup
{
    /// <exception cref="Wire.AwsException">InvalidParameterException, ResourceNotFoundException.</exception>
    public static Empty Handle(Monitor<LogsState> logs, DeleteLogGroupRequest request)
    {
        new ModelCheck().GroupName(request.LogGroupName).ThrowIfAny();
        logs.Post((state, _) => state.Delete(request.LogGroupName!));
        return Empty.Instance;
    }
}
