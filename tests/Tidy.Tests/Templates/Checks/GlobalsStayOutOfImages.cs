namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>A container image brings its runtime, handler and layers; a function with both is refused.</summary>
/// <remarks>Source: AWS Lambda API Reference, CreateFunction; AWS SAM Developer Guide, PackageType.</remarks>
internal sealed class GlobalsStayOutOfImages : ITemplateCheck
{
    private static readonly string[] OfZipFilesOnly = ["Runtime", "Handler", "Layers"];

    public IEnumerable<Finding> Find(Template template) =>
        from function in template.Functions
        where function.IsImage
        from property in OfZipFilesOnly
        where function.At(property) is not null
        select new Finding(function.Id, $"an image function has {property}, its own or from Globals");
}
