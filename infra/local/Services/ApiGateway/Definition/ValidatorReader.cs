using Isobar.Local.Deployment;

namespace Isobar.Local.Services.ApiGateway.Definition;

internal sealed record RequestValidator(bool ChecksBody, bool ChecksParameters)
{
    public static readonly RequestValidator None = new(false, false);
}

/// <summary>The document's validators, and the one for methods that name none.</summary>
internal sealed class ValidatorReader
{
    private const string Chosen = "x-amazon-apigateway-request-validator";

    private readonly Dictionary<string, RequestValidator> validators = new(StringComparer.Ordinal);
    private RequestValidator otherwise = RequestValidator.None;

    public static ValidatorReader Read(PropertyReader document)
    {
        var reader = new ValidatorReader();
        var map = document.OptionalMap("x-amazon-apigateway-request-validators");
        foreach (var name in map?.Names.ToArray() ?? [])
        {
            if (map!.OptionalMap(name) is { } validator)
            {
                reader.validators[name] = new RequestValidator(
                    validator.OptionalBoolean("validateRequestBody") ?? false,
                    validator.OptionalBoolean("validateRequestParameters") ?? false);
            }
        }

        reader.otherwise = reader.Of(document);
        return reader;
    }

    /// <summary>The validator that a document or a method names.</summary>
    public RequestValidator Of(PropertyReader owner)
    {
        if (owner.OptionalString(Chosen) is not { } name) return otherwise;
        if (validators.TryGetValue(name, out var validator)) return validator;
        owner.Refuse(Chosen, "must be one of x-amazon-apigateway-request-validators");
        return otherwise;
    }
}
