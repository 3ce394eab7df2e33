using Isobar.Local.Deployment.Sam;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Services.ApiGateway.Sam;

/// <summary>The API that SAM makes of all Api events that name none.</summary>
/// <remarks>
/// Source: AWS SAM Developer Guide, "Generated AWS CloudFormation resources"; tests compare with the real transform. It
/// is an OpenAPI document, also where SAM writes Swagger 2.0 because the template has no OpenApiVersion.
/// </remarks>
internal static class ImplicitApi
{
    public const string LogicalId = "ServerlessRestApi";

    private const string Stage = "Prod";

    /// <summary>Adds a path and method, and the API if this is its first.</summary>
    /// <returns>False after an error.</returns>
    public static bool TryAdd(SamEvent declared, string path, string method)
    {
        if (declared.Condition is not null)
        {
            declared.Fail("RestApiId must be given where the function has a Condition; "
                + "conditions in the implicit API are not supported");
            return false;
        }

        var at = declared.At;
        if (declared.Find(LogicalId) is null)
            declared.Add(LogicalId, ApiExpansion.ApiType, at.Map(
                ("StageName", at.Text(Stage)), ("DefinitionBody", Body(at))));
        var api = declared.Find(LogicalId)!;
        var body = (TemplateMapping)api.Properties.Find("DefinitionBody")!.Value;
        var paths = (TemplateMapping)body.Find("paths")!.Value;
        var operations = paths.Find(path)?.Value as TemplateMapping ?? at.Map();
        var key = method.ToLowerInvariant() is var verb && verb == "any" ? "x-amazon-apigateway-any-method" : verb;
        if (operations.Find(key) is not null)
        {
            declared.Fail($"API method \"{verb}\" defined multiple times for path \"{path}\"");
            return false;
        }

        operations = operations.With(key, Operation(declared));
        declared.Replace(api with
        {
            Properties = api.Properties.With(
                "DefinitionBody", body.With("paths", paths.With(path, operations))),
        });
        return true;
    }

    private static TemplateMapping Body(NodeBuilder at) => at.Map(
        ("openapi", at.Text("3.0.1")),
        ("info", at.Map(("version", at.Text("1.0")), ("title", at.Ref("AWS::StackName")))),
        ("paths", at.Map()));

    private static TemplateMapping Operation(SamEvent declared)
    {
        var at = declared.At;
        var uri = "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
            + $"{declared.ArnVariable}/invocations";
        return at.Map(
            ("x-amazon-apigateway-integration", at.Map(
                ("httpMethod", at.Text("POST")), ("type", at.Text("aws_proxy")),
                ("uri", at.Map(("Fn::Sub", at.Text(uri)))))),
            ("responses", at.Map()));
    }
}
