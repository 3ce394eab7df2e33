using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Logs.Operations;

internal sealed record PutRetentionPolicyRequest(string? LogGroupName, int? RetentionInDays);

/// <summary>Sets how long a group keeps its events, in days.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, PutRetentionPolicy.</remarks>
internal static class PutRetentionPolicy
{
    /// <exception cref="Wire.AwsException">InvalidParameterException, ResourceNotFoundException.</exception>
    public static Empty Handle(Monitor<LogsState> logs, PutRetentionPolicyRequest request)
    {
        new ModelCheck()
            .GroupName(request.LogGroupName)
            .Required(request.RetentionInDays, "retentionInDays")
            .OneOf(request.RetentionInDays is { } days ? $"{days}" : null, "retentionInDays",
                [.. LogsLimits.RetentionDays.Select(each => $"{each}")])
            .ThrowIfAny();
        logs.Post((state, _) => state.Get(request.LogGroupName!).RetentionInDays = request.RetentionInDays);
        return Empty.Instance;
    }
}
