using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Packages;

/// <summary>What a container image is built from, as a function's <c>Metadata</c> says it.</summary>
/// <remarks>Source: AWS SAM Developer Guide, "Default build with AWS SAM", container images.</remarks>
/// <param name="Context">The folder that the Dockerfile copies from, relative to the template.</param>
/// <param name="Dockerfile">Relative to the context.</param>
/// <param name="Tag">Of the image; <c>latest</c> unless the template says another.</param>
/// <param name="BuildArguments">For the Dockerfile's <c>ARG</c>.</param>
internal sealed record ImageSource(
    string Context, string Dockerfile, string Tag, IReadOnlyDictionary<string, string> BuildArguments)
{
    private const string Start = "docker:";

    private static readonly string[] Known = ["Dockerfile", "DockerContext", "DockerTag", "DockerBuildArgs"];

    /// <summary>In one text, which stands where the path of a zip file's code stands.</summary>
    public string Text => Start + string.Join('\n', (IEnumerable<string>)
        [Context, Dockerfile, Tag, .. BuildArguments.Select(argument => $"{argument.Key}={argument.Value}")]);

    /// <returns>Null when the text is not that of an image.</returns>
    public static ImageSource? Parse(string text)
    {
        if (!text.StartsWith(Start, StringComparison.Ordinal)) return null;
        string[] lines = text[Start.Length..].Split('\n');
        return new ImageSource(lines[0], lines[1], lines[2], lines.Skip(3).ToDictionary(
            line => line[..line.IndexOf('=', StringComparison.Ordinal)],
            line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]));
    }

    /// <returns>Null when the metadata do not say what to build.</returns>
    public static ImageSource? Of(ResourceEntry function)
    {
        if (Said(function.Metadata, "Dockerfile") is not { Length: > 0 } file
            || Said(function.Metadata, "DockerContext") is not { Length: > 0 } context) return null;
        var arguments = (function.Metadata!.Find("DockerBuildArgs")?.Value as TemplateMapping)?.Entries ?? [];
        return new ImageSource(
            context, file, Said(function.Metadata, "DockerTag") ?? "latest",
            arguments.Where(argument => argument.Value is TemplateScalar)
                .ToDictionary(argument => argument.Key, argument => ((TemplateScalar)argument.Value).Text));
    }

    /// <summary>What the metadata of an image function have wrong.</summary>
    public static IEnumerable<(SourceLocation Location, string Message)> Errors(ResourceEntry function)
    {
        foreach (var entry in function.Metadata?.Entries ?? [])
        {
            if (!Known.Contains(entry.Key))
                yield return (entry.KeyLocation,
                    $"Metadata {entry.Key} is not supported for an image; supported are {string.Join(", ", Known)}");
            else if (entry.Key == "DockerBuildArgs" ? !IsTexts(entry.Value) : !IsText(entry.Value))
                yield return (entry.Value.Location,
                    $"Metadata {entry.Key} must be {(entry.Key == "DockerBuildArgs" ? "a map of texts" : "a text")}");
        }
    }

    private static bool IsTexts(TemplateNode value) =>
        value is TemplateMapping map && map.Entries.All(entry => IsText(entry.Value));

    private static bool IsText(TemplateNode value) =>
        value is TemplateScalar { Text: var text } && !text.Contains('\n', StringComparison.Ordinal);

    private static string? Said(TemplateMapping? metadata, string name) =>
        (metadata?.Find(name)?.Value as TemplateScalar)?.Text;
}
