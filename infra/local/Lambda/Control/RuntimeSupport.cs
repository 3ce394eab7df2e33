using Isobar.Local.Lambda.Processes;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Which of Lambda's runtimes this machine runs.</summary>
/// <param name="languages">What it has for runtimes that are a language's; null for nothing.</param>
internal sealed class RuntimeSupport(LanguageRuntimes? languages = null)
{
    // Recorded in January 2026, in this order; the API's enumeration.
    private const string Known = "nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, "
        + "nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, "
        + "java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2";

    private static readonly HashSet<string> All = [.. Known.Split(", ")];

    // Recorded: with these no function is created or updated any more.
    private static readonly HashSet<string> Deprecated =
    [
        "java8", "go1.x", "provided", "ruby2.7", "nodejs14.x", "nodejs12.x", "python3.7", "dotnetcore3.1",
    ];

    private static readonly string[] Own = ["dotnet10", "dotnet8", "provided.al2023"];

    /// <summary>The runtimes of the API's enumeration, in AWS's order.</summary>
    public static string Enumeration => Known;

    /// <summary>Whether layers may be for it: deprecated runtimes, too.</summary>
    public static bool IsKnown(string runtime) => All.Contains(runtime) || Deprecated.Contains(runtime);

    /// <summary>Why a template can't have functions of a runtime, as the end of a sentence.</summary>
    /// <returns>Null when it can.</returns>
    public string? WhyNot(string runtime)
    {
        if (Own.Contains(runtime)) return null;
        if (LanguageRuntimes.IsLanguage(runtime) && All.Contains(runtime))
            return languages is null ? LanguageRuntimes.Missing(runtime) : languages.WhyNot(runtime);
        return $"must be one of {string.Join(", ", Own)}, a nodejs or a python3 runtime, not {runtime}";
    }

    /// <exception cref="AwsException">
    /// InvalidParameterValueException: AWS has no such runtime, or no more; or this machine does not run it.
    /// </exception>
    public void Check(string runtime)
    {
        if (Deprecated.Contains(runtime))
            throw LambdaErrors.InvalidParameter($"The runtime parameter of {runtime} is no longer supported for "
                + "creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating "
                + "or updating functions.");
        if (!All.Contains(runtime))
            throw LambdaErrors.InvalidParameter($"Value {runtime} at 'runtime' failed to satisfy constraint: Member "
                + $"must satisfy enum value set: [{Known}] or be a valid ARN");
        if (WhyNot(runtime) is { } reason)
            throw LambdaErrors.InvalidParameter($"The runtime {runtime} is not supported on this host: it {reason}.");
    }
}
