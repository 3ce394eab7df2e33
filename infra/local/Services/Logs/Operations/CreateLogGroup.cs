using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Logs.Operations;

internal sealed record CreateLogGroupRequest(
    string? LogGroupName, string? KmsKeyId, Dictionary<string, string>? Tags, string? LogGroupClass,
    bool? DeletionProtectionEnabled);

/// <summary>Creates a log group; its events are kept until a retention is set.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, CreateLogGroup.</remarks>
internal static class CreateLogGroup
{
    public const string StandardClass = "STANDARD";

    public static readonly IReadOnlyList<string> Classes = ["INFREQUENT_ACCESS", "DELIVERY", StandardClass];

    private const string ReservedPrefix = "aws/";

    /// <exception cref="Wire.AwsException">InvalidParameterException, ResourceAlreadyExistsException,
    /// LimitExceededException.</exception>
    public static Empty Handle(Monitor<LogsState> logs, CreateLogGroupRequest request)
    {
        Check(request);
        logs.Post((state, now) => state.Create(request.LogGroupName!, now, request.Tags));
        return Empty.Instance;
    }

    /// <exception cref="Wire.AwsException">InvalidParameterException.</exception>
    public static void Check(CreateLogGroupRequest request)
    {
        new ModelCheck()
            .GroupName(request.LogGroupName)
            .Tags(request.Tags)
            .OneOf(request.LogGroupClass, "logGroupClass", Classes)
            .ThrowIfAny();
        if (request.LogGroupName!.StartsWith(ReservedPrefix, StringComparison.Ordinal))
            throw LogsErrors.InvalidParameter($"Log groups starting with {ReservedPrefix} are reserved for AWS.");
        if (request.LogGroupClass is not (null or StandardClass))
            throw LogsErrors.InvalidParameter($"The log group class {request.LogGroupClass} is not supported.");
        if (request.KmsKeyId is not null)
            throw LogsErrors.InvalidParameter("KMS keys are not supported: kmsKeyId must not be given.");
        if (request.DeletionProtectionEnabled is true)
            throw LogsErrors.InvalidParameter(
                "Deletion protection is not supported: deletionProtectionEnabled must be false.");
    }
}
