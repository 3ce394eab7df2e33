using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Edge.Stack;

/// <summary>The names of a template's parameters.</summary>
internal static class TemplateParameters
{
    public static IEnumerable<string> In(TemplateSource template) =>
        TemplateReader.Read(template).Find("Parameters")?.Value is TemplateMapping { Entries: var parameters }
            ? parameters.Select(parameter => parameter.Key)
            : [];
}
