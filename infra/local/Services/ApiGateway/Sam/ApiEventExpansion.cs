using Isobar.Local.Deployment.Sam;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Services.ApiGateway.Sam;

/// <summary>
/// A function's event of type Api. An API of the template names the function in its body, so only the permission is
/// made; the implicit API gets the path as well.
/// </summary>
internal static class ApiEventExpansion
{
    public static void Expand(SamEvent declared)
    {
        var (at, reader, properties) = (declared.At, declared.Reader, declared.Properties);
        reader.OnlyKeys(properties, "Path", "Method", "RestApiId");
        if (reader.Text(properties, "Path") is not { } path || reader.Text(properties, "Method") is not { } method)
        {
            declared.Fail("an Api event must have a Path and a Method");
            return;
        }

        var id = declared.Value("RestApiId");
        if (id is null)
        {
            if (!ImplicitApi.TryAdd(declared, path.Text, method.Text)) return;
            id = at.Ref(ImplicitApi.LogicalId);
        }

        if (!FunctionTags.IsFunction(id, out var name, out var argument) || name != "Ref"
            || argument is not TemplateScalar { Text: var apiId }
            || declared.Find(apiId) is not { Type: ApiExpansion.ApiType } api
            || api.Properties.Find("StageName")?.Value is not TemplateScalar { Text: var stage })
        {
            declared.Fail($"RestApiId must be a Ref of an {ApiExpansion.ApiType} of the template");
            return;
        }

        var source = $"arn:aws:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{__ApiId__}}/${{__Stage__}}/"
            + (method.Text.ToUpperInvariant() is var verb && verb == "ANY" ? "*" : verb) + Pattern(path.Text);
        var variables = at.Map(("__ApiId__", id), ("__Stage__", at.Text("*")));
        declared.AddPermission(
            "apigateway.amazonaws.com", ("SourceArn", at.Map(("Fn::Sub", at.List(at.Text(source), variables)))),
            GeneratedId.OfStage(declared.LogicalId + "Permission", stage, ""));
    }

    /// <summary>Path parameters become wildcards; a slash at the end goes.</summary>
    private static string Pattern(string path) => string.Join('/', path.TrimEnd('/') is { Length: > 0 } trimmed
        ? trimmed.Split('/').Select(segment => segment.StartsWith('{') ? "*" : segment)
        : ["", ""]);
}
