using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Images;

/// <summary>A function's image, and what the function says instead of what the image says.</summary>
/// <param name="Overrides">The <c>ImageConfig</c>; null for none.</param>
internal sealed record FunctionImage(ImageUri Uri, ContainerImage Image, ImageRequest? Overrides)
{
    /// <summary>Puts the image's files and start in the place of what a configuration has.</summary>
    public FunctionConfiguration Apply(FunctionConfiguration before)
    {
        var settings = Image.Settings;
        var entryPoint = Given(Overrides?.EntryPoint) ?? settings.EntryPoint;
        var command = Given(Overrides?.Command) ?? settings.Command;
        var start = new ImageStart(
            entryPoint, command,
            Overrides?.WorkingDirectory is { Length: > 0 } folder ? folder : settings.WorkingDirectory,
            settings.Variables)
        {
            Runtime = Image.Runtime,
        };
        return before with
        {
            Handler = command.FirstOrDefault() ?? "",
            Runtime = settings.Runtime,
            CodeDirectory = Image.TaskRoot,
            CodeSha256 = Image.Digest,
            LayersDirectory = Image.Layers,
            Image = before.Image is { } same && same.IsLike(start) ? same : start,
        };
    }

    // An empty list is none, as in what Lambda's console sends.
    private static IReadOnlyList<string>? Given(IReadOnlyList<string>? list) => list is { Count: > 0 } ? list : null;
}
