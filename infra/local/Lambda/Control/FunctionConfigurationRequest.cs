using System.Text.Json.Serialization;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Control;

/// <summary>The configuration of a function as CreateFunction and UpdateFunctionConfiguration have it.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference. Null is not given. Settings that this host does not have are members only where
/// their empty form means nothing, which is what SDKs and tools send.
/// </remarks>
internal record FunctionConfigurationRequest
{
    public string? Description { get; init; }

    public string? Handler { get; init; }

    public int? MemorySize { get; init; }

    public string? Role { get; init; }

    public string? Runtime { get; init; }

    public int? Timeout { get; init; }

    public string? RevisionId { get; init; }

    public EnvironmentRequest? Environment { get; init; }

    public IReadOnlyList<string>? Layers { get; init; }

    public DeadLetterRequest? DeadLetterConfig { get; init; }

    public TracingRequest? TracingConfig { get; init; }

    public LoggingRequest? LoggingConfig { get; init; }

    public VpcRequest? VpcConfig { get; init; }

    public StorageRequest? EphemeralStorage { get; init; }

    public SnapStartRequest? SnapStart { get; init; }

    public IReadOnlyList<FileSystemRequest>? FileSystemConfigs { get; init; }

    public string? KMSKeyArn { get; init; }

    public ImageRequest? ImageConfig { get; init; }
}

internal sealed record EnvironmentRequest(IReadOnlyDictionary<string, string>? Variables);

internal sealed record DeadLetterRequest(string? TargetArn);

internal sealed record TracingRequest(string? Mode);

internal sealed record LoggingRequest(string? LogFormat, string? LogGroup)
{
    /// <summary>Null when it was not given, or is neither format.</summary>
    [JsonIgnore]
    public LoggingFormat? Format => LogFormat switch
    {
        "JSON" => LoggingFormat.Json,
        "Text" => LoggingFormat.Text,
        _ => null,
    };
}

internal sealed record VpcRequest(
    IReadOnlyList<string>? SubnetIds, IReadOnlyList<string>? SecurityGroupIds, bool? Ipv6AllowedForDualStack);

internal sealed record StorageRequest(int? Size);

internal sealed record SnapStartRequest(string? ApplyOn);

internal sealed record FileSystemRequest(string? Arn, string? LocalMountPath);

internal sealed record ImageRequest(
    IReadOnlyList<string>? EntryPoint, IReadOnlyList<string>? Command, string? WorkingDirectory)
{
    /// <summary>Whether it says anything.</summary>
    [JsonIgnore]
    public bool IsEmpty => EntryPoint is not { Count: > 0 } && Command is not { Count: > 0 }
        && string.IsNullOrEmpty(WorkingDirectory);

    /// <summary>What of it is too long, as the API says it.</summary>
    public IEnumerable<string> Errors()
    {
        foreach (var (list, member) in ((IReadOnlyList<string>?, string)[])
            [(EntryPoint, "imageConfig.entryPoint"), (Command, "imageConfig.command")])
            if (list?.Count > LambdaLimits.MaxImageArguments)
                yield return LambdaErrors.Constraint(
                    $"[{string.Join(", ", list)}]", member,
                    $"have length less than or equal to {LambdaLimits.MaxImageArguments}");
        if (WorkingDirectory?.Length > LambdaLimits.MaxWorkingDirectoryCharacters)
            yield return LambdaErrors.Constraint(
                WorkingDirectory, "imageConfig.workingDirectory",
                $"have length less than or equal to {LambdaLimits.MaxWorkingDirectoryCharacters}");
    }
}

/// <summary>CreateFunction.</summary>
internal sealed record CreateFunctionRequest : FunctionConfigurationRequest
{
    public string? FunctionName { get; init; }

    public FunctionCodeRequest? Code { get; init; }

    public bool? Publish { get; init; }

    public string? PackageType { get; init; }

    public IReadOnlyList<string>? Architectures { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>Where the code of a function is.</summary>
internal sealed record FunctionCodeRequest(
    byte[]? ZipFile, string? S3Bucket, string? S3Key, string? S3ObjectVersion, string? ImageUri)
{
    [JsonIgnore]
    public PackageSource Source => new(ZipFile, S3Bucket, S3Key, S3ObjectVersion);
}

/// <summary>UpdateFunctionCode.</summary>
internal sealed record UpdateFunctionCodeRequest(
    byte[]? ZipFile, string? S3Bucket, string? S3Key, string? S3ObjectVersion, string? ImageUri)
{
    public IReadOnlyList<string>? Architectures { get; init; }

    public bool? Publish { get; init; }

    public bool? DryRun { get; init; }

    public string? RevisionId { get; init; }

    [JsonIgnore]
    public PackageSource Source => new(ZipFile, S3Bucket, S3Key, S3ObjectVersion);
}

/// <summary>The types of these requests.</summary>
[JsonSerializable(typeof(FunctionConfigurationRequest))]
[JsonSerializable(typeof(CreateFunctionRequest))]
[JsonSerializable(typeof(UpdateFunctionCodeRequest))]
internal sealed partial class FunctionConfigurationJson : JsonSerializerContext
{
    /// <summary>A member that no request type has is refused.</summary>
    public static FunctionConfigurationJson Wire { get; } = new(new System.Text.Json.JsonSerializerOptions
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    });
}
