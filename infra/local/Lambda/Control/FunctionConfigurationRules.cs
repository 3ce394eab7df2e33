using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>What the API refuses in the configuration of a function, new or changed.</summary>
/// <remarks>Source: AWS Lambda API Reference; texts as recorded, where AWS refuses it.</remarks>
internal sealed class FunctionConfigurationRules(RuntimeSupport runtimes)
{
    /// <summary>512 MB: the size of <c>/tmp</c> where none is given. Source: API Reference, EphemeralStorage.</summary>
    private const int StandardStorageMb = 512;

    /// <summary>First the forms, all together, then what they mean.</summary>
    /// <param name="more">Errors of form that the caller has found.</param>
    /// <exception cref="AwsException">ValidationException, InvalidParameterValueException.</exception>
    public void Check(FunctionConfigurationRequest body, params IEnumerable<string> more)
    {
        List<string> errors = [.. more];
        Range(errors, body.MemorySize, "memorySize", LambdaLimits.MinMemoryMb, LambdaLimits.MaxMemoryMb);
        Range(errors, body.Timeout, "timeout", 1, LambdaLimits.MaxTimeoutSeconds);
        Longest(errors, body.Description, "description", LambdaLimits.MaxDescriptionCharacters);
        Longest(errors, body.Handler, "handler", LambdaLimits.MaxHandlerCharacters);
        if (body.Handler?.Any(char.IsWhiteSpace) == true)
            errors.Add(LambdaErrors.Constraint(
                body.Handler, "handler", @"satisfy regular expression pattern: [^\s]+"));
        if (body.Role is { } role && !FunctionTemplate.IsRole(role))
            errors.Add(LambdaErrors.Constraint(
                role, "role", $"satisfy regular expression pattern: {FunctionTemplate.RolePattern}"));
        OneOf(errors, body.TracingConfig?.Mode, "tracingConfig.mode", "Active", "PassThrough");
        errors.AddRange(body.ImageConfig?.Errors() ?? []);
        OneOf(errors, body.LoggingConfig?.LogFormat, "loggingConfig.logFormat", "JSON", "Text");
        if (errors.Count > 0) throw LambdaErrors.Validation(errors);
        CheckMeaning(body);
        CheckAbsent(body);
    }

    /// <summary>An error of form about the list of architectures, or none.</summary>
    public static IEnumerable<string> Architectures(IReadOnlyList<string>? architectures)
    {
        if (architectures is null or ["x86_64"] or ["arm64"]) return [];
        var shown = $"[{string.Join(", ", architectures)}]";
        return architectures.Count switch
        {
            0 => [LambdaErrors.Constraint(shown, "architectures", "have length greater than or equal to 1")],
            > 1 => [LambdaErrors.Constraint(shown, "architectures", "have length less than or equal to 1")],
            _ =>
            [
                LambdaErrors.Constraint(shown, "architectures",
                    "satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be "
                    + "null]"),
            ],
        };
    }

    private void CheckMeaning(FunctionConfigurationRequest body)
    {
        if (body.Runtime is { } runtime) runtimes.Check(runtime);
        if (body.DeadLetterConfig?.TargetArn is { Length: > 0 } target
            && FunctionTemplate.ParseDeadLetterTarget(target) is null)
            throw LambdaErrors.InvalidParameter($"The target ARN {target} is not a queue's or a topic's.");
        if (body.Environment?.Variables is { } variables) EnvironmentVariables.Validate(variables);
    }

    private static void CheckAbsent(FunctionConfigurationRequest body)
    {
        if (body.VpcConfig is { SubnetIds.Count: > 0 } or { SecurityGroupIds.Count: > 0 })
            throw NotHere("VpcConfig", "functions are in no VPC");
        if (body.EphemeralStorage?.Size is not (null or StandardStorageMb))
            throw NotHere("EphemeralStorage", "/tmp is as large as this machine's disk");
        if (body.SnapStart?.ApplyOn is not (null or "None"))
            throw NotHere("SnapStart", "there are no snapshots");
        if (body.FileSystemConfigs?.Count > 0) throw NotHere("FileSystemConfigs", "there are no file systems");
        if (!string.IsNullOrEmpty(body.KMSKeyArn)) throw NotHere("KMSKeyArn", "nothing is encrypted");
    }

    private static AwsException NotHere(string member, string reason) =>
        LambdaErrors.InvalidParameter($"{member} is not supported on this host: {reason}.");

    private static void OneOf(List<string> errors, string? value, string member, params ReadOnlySpan<string> values)
    {
        if (value is null || values.Contains(value)) return;
        errors.Add(LambdaErrors.Constraint(
            value, member, $"satisfy enum value set: [{string.Join(", ", values.ToArray())}]"));
    }

    private static void Longest(List<string> errors, string? value, string member, int most)
    {
        if (value?.Length > most)
            errors.Add(LambdaErrors.Constraint(value, member, $"have length less than or equal to {most}"));
    }

    private static void Range(List<string> errors, int? value, string member, int least, int most)
    {
        if (value < least)
            errors.Add(LambdaErrors.Constraint($"{value}", member, $"have value greater than or equal to {least}"));
        if (value > most)
            errors.Add(LambdaErrors.Constraint($"{value}", member, $"have value less than or equal to {most}"));
    }
}
