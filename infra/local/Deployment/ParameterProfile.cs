using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment;

/// <summary>Values for template parameters: <c>Name: value</c> lines, then overrides; the last wins.</summary>
internal sealed class ParameterProfile
{
    public static readonly ParameterProfile Empty = new(new Dictionary<string, TemplateScalar>());

    private ParameterProfile(IReadOnlyDictionary<string, TemplateScalar> values) => Values = values;

    public IReadOnlyDictionary<string, TemplateScalar> Values { get; }

    /// <param name="source">A YAML map of names to values; a list stands for its items joined by commas.</param>
    /// <exception cref="DeploymentException">It is not such a map.</exception>
    public static ParameterProfile Read(TemplateSource source)
    {
        var errors = new ErrorList();
        var values = new Dictionary<string, TemplateScalar>();
        foreach (var (name, location, node) in TemplateReader.Read(source).Entries)
        {
            if (node is TemplateScalar scalar) values[name] = scalar;
            else if (node is TemplateSequence { Items: var items } && items.All(item => item is TemplateScalar))
            {
                var text = string.Join(',', items.Select(item => ((TemplateScalar)item).Text));
                values[name] = new TemplateScalar(node.Location, text, IsPlain: false);
            }
            else errors.Add(location, name, "a parameter value must be a string or a list of strings");
        }

        errors.ThrowIfAny();
        return new ParameterProfile(values);
    }

    /// <summary>This profile with <c>Name=value</c> pairs laid over it, like <c>--parameter-overrides</c>.</summary>
    /// <param name="origin">What errors name as the place, for example <c>--parameter-overrides</c>.</param>
    /// <exception cref="DeploymentException">A pair without a name or an equals sign.</exception>
    public ParameterProfile With(IEnumerable<string> pairs, string origin)
    {
        var errors = new ErrorList();
        var location = new SourceLocation(origin, 0, 0);
        var values = new Dictionary<string, TemplateScalar>(Values);
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=');
            if (equals < 1) errors.Add(location, "", $"{pair} is not of the form Name=value");
            else values[pair[..equals]] = new TemplateScalar(location, pair[(equals + 1)..], IsPlain: false);
        }

        errors.ThrowIfAny();
        return new ParameterProfile(values);
    }
}
