using Isobar.Local.Deployment.Packages;

namespace Isobar.Local.Deployment;

/// <summary>Deploys a stack beside the core, whose template is in another folder.</summary>
internal static class SideStack
{
    /// <param name="file">The template.</param>
    /// <param name="parameters"><c>Name=value</c> pairs.</param>
    /// <exception cref="DeploymentException">It can't be deployed here.</exception>
    public static async Task<DeployedStack> DeployAsync(
        string file, IEnumerable<string> parameters, StackIdentity identity,
        IReadOnlyList<IResourceProvider> providers, TemplateParts parts, ICodePackager packager,
        DateTimeOffset creationTime, CancellationToken cancellationToken)
    {
        var template = await TemplateSource.FromFileAsync(file, cancellationToken);
        var profile = ParameterProfile.Empty.With(parameters, file);
        var plan = StackPlan.Prepare(
            template, profile, identity, new ProviderTable(providers, parts).Types, parts, new ErrorList());
        var here = new PackagerIn(Path.GetDirectoryName(Path.GetFullPath(file))!, packager);
        template = await TemplatePackages.PackageAsync(template, plan, here, build: true, cancellationToken);
        return await StackDeployment.DeployAsync(
            template, profile, identity, providers, parts, creationTime, cancellationToken);
    }

    /// <summary>Takes paths that are relative to a folder of its own.</summary>
    private sealed class PackagerIn(string folder, ICodePackager packager) : ICodePackager
    {
        public ValueTask<string> PackageAsync(CodeReference code, bool build, CancellationToken cancellationToken) =>
            packager.PackageAsync(
                code with { Path = Path.GetFullPath(code.Path, folder) }, build, cancellationToken);
    }
}
