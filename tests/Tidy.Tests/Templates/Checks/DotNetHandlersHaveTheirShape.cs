using System.Text.RegularExpressions;

namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// A .NET handler is the name of an executable assembly, or Assembly::Namespace.Type::Method; anything else fails at
/// the
/// first invocation.
/// </summary>
/// <remarks>Source: AWS Lambda Developer Guide, Define Lambda function handler in C#.</remarks>
internal sealed partial class DotNetHandlersHaveTheirShape : ITemplateCheck
{
    public IEnumerable<Finding> Find(Template template) =>
        from function in template.Functions
        where function.Text("Runtime")?.StartsWith("dotnet", StringComparison.Ordinal) == true
        let handler = function.Text("Handler") ?? ""
        where !Shape().IsMatch(handler)
        select new Finding(function.Id, $"'{handler}' is no .NET handler");

    [GeneratedRegex(@"^[A-Za-z_][\w.-]*(::[A-Za-z_][\w.+`]*::[A-Za-z_]\w*)?$")]
    private static partial Regex Shape();
}
