namespace Isobar.Local.Deployment;

/// <summary>The text of a template or of a parameter profile.</summary>
/// <param name="File">The name that errors show.</param>
internal sealed record TemplateSource(string File, string Text)
{
    /// <summary>1 MB. Source: AWS CloudFormation User Guide, quotas: template body size in an S3 object.</summary>
    public const int MaxBytes = 1_048_576;

    /// <summary>By path, and whether it is of a layer's content: what stands in the place of paths of code.</summary>
    public IReadOnlyDictionary<(string Path, bool IsLayer), string> Packages { get; init; } =
        new Dictionary<(string, bool), string>();

    /// <exception cref="DeploymentException">The file is missing or over <see cref="MaxBytes"/>.</exception>
    public static async Task<TemplateSource> FromFileAsync(string path, CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        var whole = new SourceLocation(path, 0, 0);
        if (!file.Exists) throw new DeploymentException(whole, "", "the file does not exist");
        if (file.Length > MaxBytes) throw new DeploymentException(whole, "", $"the file is over {MaxBytes} bytes");
        return new TemplateSource(path, await System.IO.File.ReadAllTextAsync(path, cancellationToken));
    }
}
