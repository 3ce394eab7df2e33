using YamlDotNet.RepresentationModel;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>Every template that people deploy, under every profile that this repository names.</summary>
internal static class DeployableTemplates
{
    public const string Core = "template.yaml";

    public static IEnumerable<string> Paths => Repository.Files("infra/stacks", ".yaml").Prepend(Core);

    public static IEnumerable<(string Path, Profile Profile)> Deployments =>
        from path in Paths
        from profile in Profiles(path)
        select (path, profile);

    /// <summary>With the function that is there by parameter only.</summary>
    public static Profile Native { get; } = new(
        "the native authorizer", "us-east-1", new Dictionary<string, string> { ["NativeAuthorizer"] = "on" });

    private static IEnumerable<Profile> Profiles(string path)
    {
        yield return Profile.Defaults;
        foreach (var name in SamConfig.Names.Where(name => SamConfig.TemplateOf(name) == path))
            yield return SamConfig.Profile(name);
        if (path != Core) yield break;
        yield return Local();
        yield return Native;
    }

    private static Profile Local()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Text("infra/local/local.parameters.yaml")));
        return new Profile("local.parameters.yaml", "us-east-1", ((YamlMappingNode)yaml.Documents[0].RootNode)
            .ToDictionary(entry => entry.Key.ToString(), entry => entry.Value.ToString()));
    }
}
