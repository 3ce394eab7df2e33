using System.Text.Json;
using Isobar.Local.Lambda.Code;

namespace Isobar.Local.Lambda.Images;

/// <summary>An image that functions can run.</summary>
/// <param name="Content">Where it is stored.</param>
internal sealed record ContainerImage(StoredCode Content, ImageSettings Settings)
{
    /// <summary>
    /// 64 hexadecimal digits: of the SHA-256 over names and contents, where a registry has its manifest's.
    /// </summary>
    public string Digest { get; } = Path.GetFileName(Content.Directory);

    /// <summary>What is at <c>/var/task</c>; there may be nothing.</summary>
    public string TaskRoot => Folder("var", "task");

    /// <summary>What is at <c>/opt</c>; null when nothing is.</summary>
    public string? Layers => Existing(Folder("opt"));

    /// <summary>What is at <c>/var/runtime</c>; null for what the base image has there.</summary>
    public string? Runtime => Existing(Folder("var", "runtime"));

    /// <summary>Reads an image that is stored.</summary>
    public static ContainerImage Of(StoredCode content)
    {
        using var settings = File.OpenRead(Path.Combine(content.Directory, ImagePackage.SettingsFile));
        var image = new ContainerImage(
            content, JsonSerializer.Deserialize(settings, ImageJson.Default.ImageSettings)!);
        // An image without a function's code starts, too; its processes need the folder.
        Directory.CreateDirectory(image.TaskRoot);
        return image;
    }

    private string Folder(params string[] path) =>
        Path.Combine([Content.Directory, ImagePackage.Root, .. path]);

    private static string? Existing(string folder) => Directory.Exists(folder) ? folder : null;
}
