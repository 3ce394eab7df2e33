using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>A function's event of type Api: the API's body says what calls it, this is the permission alone.</summary>
internal static class ApiEventExpansion
{
    /// <param name="permissionId">The function's logical id and the event's name.</param>
    /// <param name="apiOf">Finds an API of the template by its logical id, as it was written.</param>
    /// <param name="fail">Takes an error about the event.</param>
    /// <returns>The permission's logical id and properties; null after an error.</returns>
    public static (string LogicalId, TemplateMapping Properties)? Expand(
        NodeBuilder at, Shape shape, string functionId, string permissionId, TemplateMapping properties,
        Func<string, ResourceEntry?> apiOf, Action<string> fail)
    {
        shape.OnlyKeys(properties, "Path", "Method", "RestApiId");
        if (shape.Text(properties, "Path") is not { } path || shape.Text(properties, "Method") is not { } method)
        {
            fail("an Api event must have a Path and a Method");
            return null;
        }

        if (properties.Find("RestApiId")?.Value is not { } id
            || !FunctionTags.IsFunction(id, out var name, out var argument) || name != "Ref"
            || argument is not TemplateScalar { Text: var apiId } || apiOf(apiId) is not { } api
            || api.Properties.Find("StageName")?.Value is not TemplateScalar { Text: var stage })
        {
            fail($"RestApiId must be a Ref of an {ApiExpansion.ApiType} of the template; "
                + "implicit APIs are not supported");
            return null;
        }

        var source = $"arn:aws:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{__ApiId__}}/${{__Stage__}}/"
            + (method.Text.ToUpperInvariant() is var verb && verb == "ANY" ? "*" : verb) + Pattern(path.Text);
        var variables = at.Map(("__ApiId__", id), ("__Stage__", at.Text("*")));
        return (ApiExpansion.GeneratedId(permissionId + "Permission", stage, ""), at.Map(
            ("Action", at.Text("lambda:InvokeFunction")),
            ("FunctionName", at.Ref(functionId)),
            ("Principal", at.Text("apigateway.amazonaws.com")),
            ("SourceArn", at.Map(("Fn::Sub", at.List(at.Text(source), variables))))));
    }

    /// <summary>Path parameters become wildcards; a slash at the end goes.</summary>
    private static string Pattern(string path) => string.Join('/', path.TrimEnd('/') is { Length: > 0 } trimmed
        ? trimmed.Split('/').Select(segment => segment.StartsWith('{') ? "*" : segment)
        : ["", ""]);
}
