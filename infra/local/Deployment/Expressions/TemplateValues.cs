using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Expressions;

/// <summary>The values that expressions may use before any resource exists.</summary>
/// <param name="Parameters">By name: a <see cref="TemplateScalar"/>, or a <see cref="TemplateSequence"/> for the
/// list types.</param>
/// <param name="Mappings">The Mappings section; two levels of maps.</param>
internal sealed record TemplateValues(
    StackIdentity Stack, IReadOnlyDictionary<string, TemplateNode> Parameters, TemplateMapping? Mappings);
