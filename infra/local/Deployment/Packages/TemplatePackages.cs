using Isobar.Local.Deployment.Expressions;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Packages;

/// <summary>
/// Replaces the paths of code in a template by names of their contents, so that a change of the code is a change of the
/// template, as it is where <c>sam deploy</c> has put the code into a bucket.
/// </summary>
internal static class TemplatePackages
{
    private const string FunctionType = "AWS::Lambda::Function";

    // By resource type, the property that is a path.
    private static readonly Dictionary<string, string> Properties = new()
    {
        ["AWS::Serverless::Function"] = "CodeUri",
        ["AWS::Serverless::LayerVersion"] = "ContentUri",
        [FunctionType] = "Code",
        ["AWS::Lambda::LayerVersion"] = "Content",
    };

    /// <summary>The paths of the resources that a plan makes, each once.</summary>
    public static IReadOnlyList<CodeReference> In(StackPlan plan) =>
        [.. plan.Resources.Select(Of).OfType<CodeReference>().DistinctBy(code => (code.Path, code.IsLayer))];

    /// <summary>Packages the code of every function and layer that a template makes.</summary>
    /// <param name="plan">Of the template, with its paths.</param>
    /// <param name="build">Whether projects are built first, where the host builds projects.</param>
    /// <returns>The template with what stands for each path.</returns>
    /// <exception cref="DeploymentException">With every path that can't be packaged.</exception>
    public static async Task<TemplateSource> PackageAsync(
        TemplateSource template, StackPlan plan, ICodePackager packager, bool build,
        CancellationToken cancellationToken)
    {
        var errors = new ErrorList();
        var packages = new Dictionary<(string Path, bool IsLayer), string>();
        foreach (var code in In(plan))
        {
            try
            {
                packages[(code.Path, code.IsLayer)] = await packager.PackageAsync(code, build, cancellationToken);
            }
            catch (DeploymentException exception)
            {
                errors.Add(exception);
            }
        }

        errors.ThrowIfAny();
        return template with { Packages = packages };
    }

    /// <summary>The document with the packages of its source in the place of the paths.</summary>
    public static TemplateDocument Replace(
        TemplateDocument document, IReadOnlyDictionary<(string Path, bool IsLayer), string> packages)
    {
        if (packages.Count == 0) return document;
        return document with
        {
            Resources = [.. document.Resources.Select(resource => Properties.TryGetValue(resource.Type, out var name)
                ? resource with
                {
                    Properties = ReplaceImage(resource, Replace(resource.Properties, name, packages), packages),
                }
                : resource)],
            Globals = document.Globals is { } globals && globals.Find("Function")?.Value is TemplateMapping function
                ? globals.With("Function", Replace(function, "CodeUri", packages))
                : document.Globals,
        };
    }

    // The image that was built is the function's ImageUri from then on, as it is after sam build.
    private static TemplateMapping ReplaceImage(
        ResourceEntry resource, TemplateMapping properties,
        IReadOnlyDictionary<(string Path, bool IsLayer), string> packages) =>
        ImageSource.Of(resource) is { } image && packages.TryGetValue((image.Text, false), out var built)
            ? properties.With("ImageUri", new TemplateScalar(resource.Location, built, IsPlain: false))
            : properties;

    private static CodeReference? Of(PlannedResource resource)
    {
        var (entry, type) = (resource.Entry, resource.Entry.Type);
        var path = Properties.TryGetValue(type, out var name)
            ? (resource.Properties as MapOf)?.Entries.FirstOrDefault(property => property.Key == name)?.Value
            : null;
        return path is Literal { Scalar.Text: var text }
            ? new CodeReference(text, type != FunctionType, entry.LogicalId, entry.Location)
            : null;
    }

    private static TemplateMapping Replace(
        TemplateMapping properties, string name,
        IReadOnlyDictionary<(string Path, bool IsLayer), string> packages) =>
        properties.Find(name) is { Value: TemplateScalar path }
            && packages.TryGetValue((path.Text, name.StartsWith("Content", StringComparison.Ordinal)), out var package)
            ? properties.With(name, path with { Text = package, IsPlain = false })
            : properties;
}
