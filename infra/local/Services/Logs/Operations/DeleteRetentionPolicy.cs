using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Logs.Operations;

internal sealed record DeleteRetentionPolicyRequest(string? LogGroupName);

/// <summary>Makes the events of a group never expire.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, DeleteRetentionPolicy.</remarks>
internal static class DeleteRetentionPolicy
{
    /// <exception cref="Wire.AwsException">InvalidParameterException, ResourceNotFoundException.</exception>
    public static Empty Handle(Monitor<LogsState> logs, DeleteRetentionPolicyRequest request)
    {
        new ModelCheck().GroupName(request.LogGroupName).ThrowIfAny();
        logs.Post((state, _) => state.Get(request.LogGroupName!).RetentionInDays = null);
        return Empty.Instance;
    }
}
