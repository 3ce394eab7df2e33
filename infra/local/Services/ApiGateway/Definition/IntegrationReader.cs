using Isobar.Local.Deployment;
using Isobar.Local.Services.ApiGateway.Mapping;

namespace Isobar.Local.Services.ApiGateway.Definition;

/// <summary>Reads <c>x-amazon-apigateway-integration</c>.</summary>
/// <param name="declared">The headers that the method declares, by status: mappings may write no others.</param>
internal sealed class IntegrationReader(
    PropertyReader integration, IReadOnlyDictionary<string, IReadOnlyList<string>> declared)
{
    private const string InvocationType = "integration.request.header.X-Amz-Invocation-Type";

    /// <exception cref="DeploymentException">Something it must have is absent or wrong.</exception>
    public Integration Read()
    {
        var type = integration.RequiredString("type", "aws_proxy", "AWS_PROXY", "aws", "AWS", "mock", "MOCK");
        return type.ToUpperInvariant() switch
        {
            "AWS_PROXY" => ReadProxy(),
            "AWS" => ReadLambda(),
            _ => new MockIntegration(RequestTemplates(), ReadPassthrough(), ReadResponses()),
        };
    }

    private ProxyIntegration ReadProxy()
    {
        RequirePost();
        integration.Inert("passthroughBehavior", "a proxy integration always passes the request on, on AWS too");
        integration.Inert("responses", "a proxy integration's function makes the whole response, on AWS too");
        return new ProxyIntegration(LambdaUri.Read(integration, "uri"), ReadTimeout());
    }

    private LambdaIntegration ReadLambda()
    {
        RequirePost();
        ParameterSource? invocationType = null;
        var parameters = integration.OptionalMap("requestParameters");
        if (parameters?.OptionalString(InvocationType) is { } text)
        {
            invocationType = ParameterSource.TryParse(text, isResponse: false);
            if (invocationType is null)
                parameters.Refuse(InvocationType, $"can't be {text}; supported are {ParameterSource.OfRequests}");
        }

        return new LambdaIntegration(
            LambdaUri.Read(integration, "uri"), ReadTimeout(), invocationType, RequestTemplates(), ReadPassthrough(),
            ReadResponses());
    }

    private void RequirePost()
    {
        // Recorded: with any other method Lambda refuses, and every client is answered a 500.
        if (integration.RequiredString("httpMethod") is not ("POST" or "post"))
            integration.Refuse("httpMethod", "must be POST: functions are invoked by no other method");
    }

    private TimeSpan ReadTimeout() => TimeSpan.FromMilliseconds(integration.OptionalInt32(
        "timeoutInMillis", ApiGatewayLimits.MinIntegrationTimeoutMs, ApiGatewayLimits.MaxIntegrationTimeoutMs)
        ?? ApiGatewayLimits.MaxIntegrationTimeoutMs);

    private Passthrough ReadPassthrough() => integration.OptionalString(
        "passthroughBehavior", "when_no_match", "when_no_templates", "never", "WHEN_NO_MATCH", "WHEN_NO_TEMPLATES",
        "NEVER")?.ToUpperInvariant() switch
        {
            "NEVER" => Passthrough.Never,
            "WHEN_NO_TEMPLATES" => Passthrough.WhenNoTemplates,
            _ => Passthrough.WhenNoMatch,
        };

    private IReadOnlyDictionary<string, MappingTemplate> RequestTemplates() =>
        MappingReader.Templates(integration, "requestTemplates", MappingTemplate.Parse);

    private List<IntegrationResponse> ReadResponses()
    {
        var responses = new List<IntegrationResponse>();
        var map = integration.RequiredMap("responses");
        foreach (var pattern in map.Names.ToArray())
        {
            if (map.OptionalMap(pattern) is not { } response) continue;
            var status = response.RequiredInt32("statusCode", 200, 599);
            var headers = MappingReader.Headers(response, "method.response.header.", isResponse: true);
            CheckDeclared(response, $"{status}", headers);
            responses.Add(new IntegrationResponse(
                pattern == "default" ? null : BoundedRegex.Whole(map, pattern, pattern), status, headers,
                MappingReader.Templates(response, "responseTemplates", MappingTemplate.Parse)));
        }

        return responses;
    }

    /// <summary>AWS refuses to import what the method's own responses do not declare.</summary>
    private void CheckDeclared(PropertyReader response, string status, IReadOnlyList<MappedHeader> headers)
    {
        if (!declared.TryGetValue(status, out var names))
        {
            response.Refuse("statusCode", $"{status} must be one of the method's responses");
            return;
        }

        foreach (var header in headers.Where(header => !names.Contains(header.Name, StringComparer.OrdinalIgnoreCase)))
        {
            response.Refuse("responseParameters",
                "Invalid mapping expression specified: the method's response "
                    + $"{status} declares no header {header.Name}");
        }
    }
}
