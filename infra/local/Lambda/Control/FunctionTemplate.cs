using System.Text.RegularExpressions;
using Isobar.Local.Deployment;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Control;

/// <summary>What a template, or whoever creates a function by the API, says about it.</summary>
/// <param name="Code">The CodeUri, a path as the template has it; empty when the code comes with a request.</param>
internal sealed partial record FunctionTemplate(
    string Name, string Code, string Handler, string Runtime, string Role, string Description, string Architecture,
    int MemorySizeMb, int TimeoutSeconds, int? ReservedConcurrency,
    IReadOnlyDictionary<string, string> EnvironmentVariables)
{
    /// <summary>Whether the code is a container image, which has its own runtime, handler and layers.</summary>
    public bool IsImage { get; init; }

    /// <summary>What the function says instead of its image; null for nothing.</summary>
    public ImageRequest? ImageConfig { get; init; }

    public LoggingFormat LogFormat { get; init; }

    /// <summary>ARNs of layer versions, in the order in which they are laid over each other.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    public string? LogGroup { get; init; }

    public string TracingMode { get; init; } = "PassThrough";

    public Arn? DeadLetterTarget { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public const string RolePattern = @"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+";

    public static bool IsRole(string arn) => RoleText().IsMatch(arn);

    /// <returns>Null when it is the ARN of neither a queue nor a topic.</returns>
    public static Arn? ParseDeadLetterTarget(string arn) =>
        Arn.TryParse(arn) is { Service: "sqs" or "sns" } target ? target : null;

    /// <exception cref="DeploymentException">A property is wrong, missing, or not supported here.</exception>
    public static FunctionTemplate Read(ResourceDeclaration declaration, RuntimeSupport runtimes)
    {
        var properties = declaration.Properties;
        var isImage = properties.OptionalString("PackageType", "Zip", "Image") == "Image";
        var logging = properties.OptionalMap("LoggingConfig");
        var template = new FunctionTemplate(
            properties.OptionalString("FunctionName") is { Length: > 0 } name
                ? name
                : PhysicalName.Generate(
                    declaration.Stack, declaration.LogicalId, LambdaLimits.MaxFunctionNameCharacters),
            properties.RequiredString("Code"),
            isImage ? "" : properties.RequiredString("Handler"),
            isImage ? "" : properties.RequiredString("Runtime"),
            properties.RequiredString("Role"),
            properties.OptionalString("Description") ?? "",
            properties.OptionalStringList("Architectures") is [var architecture] ? architecture : "x86_64",
            properties.OptionalInt32("MemorySize", LambdaLimits.MinMemoryMb, LambdaLimits.MaxMemoryMb)
                ?? LambdaLimits.MinMemoryMb,
            properties.OptionalInt32("Timeout", 1, LambdaLimits.MaxTimeoutSeconds)
                ?? LambdaLimits.DefaultTimeoutSeconds,
            properties.OptionalInt32("ReservedConcurrentExecutions", 0, AccountLimits.MaxConcurrency),
            properties.OptionalMap("Environment")?.OptionalStringMap("Variables") ?? new Dictionary<string, string>())
        {
            LogFormat = logging?.OptionalString("LogFormat", "Text", "JSON") == "JSON"
                ? LoggingFormat.Json
                : LoggingFormat.Text,
            Layers = isImage ? [] : properties.OptionalStringList("Layers") ?? [],
            IsImage = isImage,
            ImageConfig = isImage ? ReadImageConfig(properties) : null,
            LogGroup = logging?.OptionalString("LogGroup"),
            TracingMode = properties.OptionalMap("TracingConfig")?.OptionalString("Mode", "Active", "PassThrough")
                ?? "PassThrough",
            DeadLetterTarget = ReadDeadLetterTarget(properties),
            Tags = ReadTags(properties),
        };
        if (template.Runtime.Length > 0 && runtimes.WhyNot(template.Runtime) is { } reason)
            properties.Refuse("Runtime", reason);
        Check(properties, template);
        properties.Finish();
        return template;
    }

    private static IReadOnlyDictionary<string, string> ReadTags(PropertyReader properties)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in properties.OptionalList("Tags") ?? [])
            tags[tag.RequiredString("Key")] = tag.RequiredString("Value");
        return tags;
    }

    private static ImageRequest? ReadImageConfig(PropertyReader properties)
    {
        if (properties.OptionalMap("ImageConfig") is not { } config) return null;
        var read = new ImageRequest(
            config.OptionalStringList("EntryPoint"), config.OptionalStringList("Command"),
            config.OptionalString("WorkingDirectory"));
        foreach (var error in read.Errors()) properties.Refuse("ImageConfig", error);
        return read;
    }

    private static Arn? ReadDeadLetterTarget(PropertyReader properties)
    {
        if (properties.OptionalMap("DeadLetterConfig") is not { } config
            || config.OptionalString("TargetArn") is not { Length: > 0 } target) return null;
        if (ParseDeadLetterTarget(target) is { } arn) return arn;
        config.Refuse("TargetArn", "must be the ARN of a queue or a topic");
        return null;
    }

    private static void Check(PropertyReader properties, FunctionTemplate template)
    {
        if (template.Name.Length > LambdaLimits.MaxFunctionNameCharacters
            || template.Name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not '-' and not '_'))
            properties.Refuse("FunctionName", "must be 1 to 64 letters, digits, hyphens and underscores");
        if (template.Role.Length > 0 && !IsRole(template.Role))
            properties.Refuse("Role", "must be the ARN of a role");
        if (properties.OptionalStringList("Architectures") is { } architectures
            && architectures is not (["x86_64"] or ["arm64"]))
            properties.Refuse("Architectures", "must be one of x86_64, arm64");
        properties.Inert("TracingConfig", "traces are not collected; the trace header is passed on");
        properties.Inert("Architectures", "the function runs on this machine's processor");
        if (properties.OptionalMap("EphemeralStorage")?.OptionalInt32("Size", 512, 10_240) is not null)
            properties.Inert("EphemeralStorage", "/tmp is as large as this machine's disk");
    }

    [GeneratedRegex($@"^{RolePattern}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RoleText();
}
