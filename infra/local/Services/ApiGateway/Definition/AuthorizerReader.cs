using Isobar.Local.Deployment;
using Isobar.Local.Services.ApiGateway.Mapping;

namespace Isobar.Local.Services.ApiGateway.Definition;

/// <summary>Reads security schemes, each of which must be a Lambda authorizer.</summary>
internal static class AuthorizerReader
{
    private const string OnHeader = "method.request.header.";

    public static IReadOnlyDictionary<string, Authorizer> ReadAll(PropertyReader? schemes)
    {
        var authorizers = new Dictionary<string, Authorizer>(StringComparer.Ordinal);
        foreach (var name in schemes?.Names.ToArray() ?? [])
        {
            if (schemes!.OptionalMap(name) is { } scheme) authorizers[name] = Read(name, scheme);
        }

        if (authorizers.Count > ApiGatewayLimits.MaxAuthorizers)
            schemes!.Refuse(schemes.Names.Last(), $"is too many: an API has at most {ApiGatewayLimits.MaxAuthorizers}");
        return authorizers;
    }

    private static Authorizer Read(string name, PropertyReader scheme)
    {
        scheme.RequiredString("type", "apiKey");
        scheme.OptionalString("in", "header");
        scheme.OptionalString("description");
        scheme.RequiredString("x-amazon-apigateway-authtype", "custom");
        var header = scheme.RequiredString("name");
        var authorizer = scheme.RequiredMap("x-amazon-apigateway-authorizer");
        var isToken = authorizer.RequiredString("type", "token", "request") == "token";
        var ttl = authorizer.OptionalInt32("authorizerResultTtlInSeconds", 0, ApiGatewayLimits.MaxAuthorizerTtlSeconds)
            ?? ApiGatewayLimits.DefaultAuthorizerTtlSeconds;
        var sources = Sources(authorizer, isToken ? OnHeader + header : null);
        if (isToken && sources is not [{ RequestHeader: not null }])
            authorizer.Refuse("identitySource", $"of a token authorizer must be one {OnHeader}<name>");
        if (!isToken && sources.Count == 0 && ttl > 0)
            authorizer.Refuse("identitySource", "is required unless authorizerResultTtlInSeconds is 0");
        var validation = isToken && authorizer.OptionalString("identityValidationExpression") is { } pattern
            ? BoundedRegex.Whole(authorizer, "identityValidationExpression", pattern)
            : null;
        return new Authorizer(
            name, isToken, LambdaUri.Read(authorizer, "authorizerUri"), sources, validation, TimeSpan.FromSeconds(ttl));
    }

    private static List<ParameterSource> Sources(PropertyReader authorizer, string? otherwise)
    {
        var sources = new List<ParameterSource>();
        var text = authorizer.OptionalString("identitySource") ?? otherwise ?? "";
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (ParameterSource.TryParse(part, isResponse: false) is { } source) sources.Add(source);
            else
                authorizer.Refuse("identitySource", $"can't be {part}; supported are {ParameterSource.OfRequests}");
        }

        return sources;
    }
}
