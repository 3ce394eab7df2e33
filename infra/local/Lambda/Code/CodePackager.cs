using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Packages;
using Isobar.Local.Lambda.Images;

namespace Isobar.Local.Lambda.Code;

/// <summary>Copies the code of templates into the store.</summary>
internal sealed class CodePackager(CodeSource source, CodeStore store, ImageBuilder images) : ICodePackager
{
    public async ValueTask<string> PackageAsync(
        CodeReference code, bool build, CancellationToken cancellationToken)
    {
        try
        {
            if (ImageSource.Parse(code.Path) is { } image)
                return ImageBuilder.Reference(
                    await images.BuildAsync(image, build, cancellationToken), image.Tag);
            var package = code.IsLayer
                ? await source.ResolveLayerAsync(code.Path, cancellationToken, build)
                : await source.ResolveAsync(code.Path, cancellationToken, build);
            return CodeStore.Reference(await store.AddAsync([package], cancellationToken));
        }
        catch (CodeMissingException e)
        {
            throw new DeploymentException(code.Location, code.LogicalId, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An editor's temporary file that is gone again, a link to nothing or to itself, a full disk.
            throw new DeploymentException(
                code.Location, code.LogicalId, $"{code.Folder} can't be packaged: {e.Message}", e);
        }
    }
}
