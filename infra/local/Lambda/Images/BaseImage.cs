using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Lambda.Images;

/// <summary>A base image of AWS's of which this host knows what is in it.</summary>
/// <remarks>
/// Source: aws-lambda-dotnet, <c>LambdaRuntimeDockerfiles/Images</c>; Lambda developer guide, "Working with Lambda
/// container images". All begin at <see cref="ImageLaunches.Script"/> in <c>/var/task</c>.
/// </remarks>
/// <param name="Runtime">Lambda's identifier of what is in it.</param>
internal sealed record BaseImage(string Runtime)
{
    public const string WorkingDirectory = "/var/task";

    private const string Registry = "public.ecr.aws/lambda/";

    private static readonly Dictionary<string, string> Runtimes = new()
    {
        ["dotnet:10"] = "dotnet10",
        ["dotnet:8"] = "dotnet8",
        ["provided:al2023"] = "provided.al2023",
    };

    /// <summary>The names that <c>FROM</c> may have, as a message says them.</summary>
    public static string Known { get; } = string.Join(", ", Runtimes.Keys.Select(name => Registry + name));

    /// <summary>Whether the function brings its own <c>/var/runtime/bootstrap</c>.</summary>
    public bool BringsNoRuntime => Runtime.StartsWith("provided", StringComparison.Ordinal);

    /// <param name="name">As <c>FROM</c> has it; the processor may be behind the tag, as in
    /// <c>dotnet:10-x86_64</c>.</param>
    /// <returns>Null when the host does not know what is in the image.</returns>
    public static BaseImage? Find(string name)
    {
        if (!name.StartsWith(Registry, StringComparison.Ordinal)) return null;
        var tagged = name[Registry.Length..];
        foreach (var processor in (string[])["-x86_64", "-arm64"])
            if (tagged.EndsWith(processor, StringComparison.Ordinal)) tagged = tagged[..^processor.Length];
        return Runtimes.TryGetValue(tagged, out var runtime) ? new BaseImage(runtime) : null;
    }
}
