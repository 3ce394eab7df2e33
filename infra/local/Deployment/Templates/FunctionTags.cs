namespace Isobar.Local.Deployment.Templates;

/// <summary>The short forms of intrinsic functions: YAML tags such as <c>!Sub</c>.</summary>
internal static class FunctionTags
{
    /// <summary>The key of the long form, or null when the tag names no function that CloudFormation has.</summary>
    public static string? LongForm(string tag) => tag switch
    {
        "!Ref" => "Ref",
        "!Condition" => "Condition",
        "!And" or "!Base64" or "!Cidr" or "!Equals" or "!FindInMap" or "!GetAtt" or "!GetAZs" or "!If"
            or "!ImportValue" or "!Join" or "!Not" or "!Or" or "!Select" or "!Split" or "!Sub" or "!Transform"
            => $"Fn::{tag[1..]}",
        _ => null,
    };

    /// <summary>Whether a map is a function in its long form: <c>Ref</c> or <c>Fn::…</c> as its only key.</summary>
    public static bool IsFunction(TemplateNode node, out string name, out TemplateNode argument)
    {
        (name, argument) = ("", node);
        if (node is not TemplateMapping { Entries: [var only] }) return false;
        if (only.Key != "Ref" && !only.Key.StartsWith("Fn::", StringComparison.Ordinal)) return false;
        (name, argument) = (only.Key, only.Value);
        return true;
    }

    public static bool IsNoValue(TemplateNode node) =>
        IsFunction(node, out var name, out var argument) && name == "Ref"
        && argument is TemplateScalar { Text: "AWS::NoValue" };
}
