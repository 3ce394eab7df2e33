using Isobar.Local.Deployment.Packages;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Control;

namespace Isobar.Local.Lambda.Images;

/// <summary>Builds images from a project's Dockerfile and the outputs of its build, without Docker.</summary>
/// <param name="source">Finds the folder that a template's <c>DockerContext</c> stands for.</param>
/// <param name="store">Where images are kept, beside the code of zip files.</param>
internal sealed class ImageBuilder(CodeSource source, CodeStore store)
{
    // What a template says instead, once the image is stored; the tag follows.
    private const string Packaged = "image:";

    /// <summary>What stands for an image that was built, in the place of its source.</summary>
    public static string Reference(ContainerImage image, string tag) => $"{Packaged}{image.Digest}:{tag}";

    /// <param name="build">Whether a project is built first, where the host builds projects.</param>
    /// <exception cref="CodeMissingException">
    /// There is no such context, or it was not built; its Dockerfile is missing, or says what this host does not do.
    /// </exception>
    public async ValueTask<ContainerImage> BuildAsync(
        ImageSource image, bool build, CancellationToken cancellationToken)
    {
        var context = await source.ResolveContextAsync(image.Context, cancellationToken, build);
        var path = Path.GetFullPath(image.Dockerfile, context);
        var shown = Path.Combine(image.Context, image.Dockerfile);
        if (!File.Exists(path)) throw new CodeMissingException($"{shown}: there is no such file");
        try
        {
            var content = Dockerfile.Read(
                shown, await File.ReadAllTextAsync(path, cancellationToken), image.BuildArguments);
            var package = new ImagePackage(context, shown, content);
            if (package.Bytes > LambdaLimits.MaxImageBytes)
                throw new CodeMissingException($"{shown}: the image is over {LambdaLimits.MaxImageBytes} bytes");
            return ContainerImage.Of(await store.AddAsync([package], cancellationToken));
        }
        catch (DockerfileException e)
        {
            throw new CodeMissingException(e.Message);
        }
    }

    /// <summary>The image that a <see cref="Reference"/> names.</summary>
    /// <returns>Null when the text is another one, or nothing of that content is stored.</returns>
    public (ContainerImage Image, string Tag)? FindPackaged(string reference)
    {
        if (!reference.StartsWith(Packaged, StringComparison.Ordinal)) return null;
        var parts = reference[Packaged.Length..].Split(':', 2);
        return parts is [var digest, var tag] && store.Find(digest) is { } content
            ? (ContainerImage.Of(content), tag)
            : null;
    }
}
