using Isobar.Local.Deployment;

namespace Isobar.Local.Edge.Stack;

/// <summary>Finds what a function has that CloudFront does not run.</summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Restrictions on Lambda@Edge". The words are those of CloudFront's error
/// InvalidLambdaFunctionAssociation where its text is known: Region, version, runtime, variables, timeout, memory and
/// code size. The others are in the same form.
/// </remarks>
internal static class FunctionDefects
{
    // A function's storage without any setting.
    private const int DefaultStorageMb = 512;
    private const int MaxStorageMb = 10_240;

    /// <summary>Runtimes that the edge runs.</summary>
    public static IReadOnlyList<string> Runtimes { get; } =
    [
        "nodejs24.x", "nodejs22.x", "nodejs20.x", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10",
    ];

    /// <param name="properties">Of the function; reads all that it may not have.</param>
    public static IReadOnlyList<string> In(PropertyReader properties, string arn, string region, string runtime) =>
        [.. Found(properties, arn, region, runtime)];

    private static IEnumerable<string> Found(PropertyReader properties, string arn, string region, string runtime)
    {
        if (region != "us-east-1") yield return $"The function must be in region 'us-east-1'. ARN: {arn}";
        if (!Runtimes.Contains(runtime))
            yield return "The function has an invalid runtime for functions that are triggered by a CloudFront event: "
                + $"{runtime} Expecting: {string.Join(", ", Runtimes)} Function: {arn}";
        if (properties.OptionalMap("Environment")?.OptionalStringMap("Variables") is { Count: > 0 })
            yield return Having("environment variables", arn);
        if (properties.OptionalJson("Layers") is not null) yield return Having("layers", arn);
        if (properties.OptionalJson("VpcConfig") is not null) yield return Having("a VPC configuration", arn);
        if (properties.OptionalMap("TracingConfig")?.OptionalString("Mode") is "Active")
            yield return Having("tracing", arn);
        if (properties.OptionalJson("DeadLetterConfig") is not null) yield return Having("a dead-letter queue", arn);
        if (properties.OptionalMap("EphemeralStorage")?.OptionalInt32("Size", DefaultStorageMb, MaxStorageMb)
            > DefaultStorageMb)
            yield return Having($"more than {DefaultStorageMb} MB of ephemeral storage", arn);
        if (properties.OptionalString("KmsKeyArn") is not null) yield return Having("a customer managed key", arn);
        if (properties.OptionalString("PackageType", "Zip", "Image") is "Image")
            yield return Having("a container image", arn);
        if (properties.OptionalStringList("Architectures") is { } architectures and not ["x86_64"])
            yield return Having($"the architecture {string.Join(", ", architectures)}", arn);
        if (properties.OptionalMap("RuntimeManagementConfig")?.OptionalString("UpdateRuntimeOn")
            is not (null or "Auto"))
            yield return Having("runtime updates other than Auto", arn);
    }

    /// <summary>For example <c>The function cannot have layers. Function: arn:…</c>.</summary>
    public static string Having(string what, string arn) => $"The function cannot have {what}. Function: {arn}";
}
