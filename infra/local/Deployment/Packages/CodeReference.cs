namespace Isobar.Local.Deployment.Packages;

/// <summary>A path in a template that stands for a function's code or a layer's content.</summary>
/// <param name="Path">As the template has it; for an image, the text of its <see cref="ImageSource"/>.</param>
/// <param name="IsLayer">Whether it is a layer's content.</param>
/// <param name="LogicalId">Of the first resource that has it.</param>
internal sealed record CodeReference(string Path, bool IsLayer, string LogicalId, SourceLocation Location)
{
    /// <summary>The path itself; for an image, that of its context.</summary>
    public string Folder => ImageSource.Parse(Path)?.Context ?? Path;
}

/// <summary>
/// Puts what templates refer to where it stays as it is, as <c>sam package</c> puts it into a bucket.
/// </summary>
internal interface ICodePackager
{
    /// <param name="build">Whether a project is built first, where the host builds projects.</param>
    /// <returns>What the template says instead of the path: it names the content.</returns>
    /// <exception cref="DeploymentException">There is nothing at the path, or it does not build.</exception>
    ValueTask<string> PackageAsync(CodeReference code, bool build, CancellationToken cancellationToken);
}
