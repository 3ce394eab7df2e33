using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

internal sealed record PublishLayerVersionRequest(
    string? Description, PackageSource? Content, IReadOnlyList<string>? CompatibleRuntimes, string? LicenseInfo,
    IReadOnlyList<string>? CompatibleArchitectures);

/// <summary>Publishes, shows and deletes versions of layers.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, PublishLayerVersion, GetLayerVersion, GetLayerVersionByArn and DeleteLayerVersion;
/// texts as recorded.
/// </remarks>
internal sealed class LayerVersions(Monitor<LayerRegistry> layers, CodeUploads uploads, string region)
{
    /// <exception cref="AwsException">
    /// ValidationException: a member; InvalidParameterValueException: the content; RequestEntityTooLargeException.
    /// </exception>
    public async ValueTask PublishAsync(RestRequest request)
    {
        JsonBody.CheckUploadSize(request);
        var name = LayerName.Of(request.Label);
        var body = await JsonBody.ReadAsync(request, LayerJson.Wire.PublishLayerVersionRequest);
        Validate(body);
        if (request.Scope.Region != region)
            throw LambdaErrors.InvalidParameter($"This host's layers are in {region}, not in {request.Scope.Region}.");
        var content = await uploads.StoreAsync(body.Content, request.Http.RequestAborted);
        var arn = $"arn:aws:lambda:{region}:{request.Scope.AccountId}:layer:{name}";
        var published = layers.Ask((registry, now) => registry.Publish(name, version => new LayerVersion(
            name, arn, version, content, body.Description ?? "", body.LicenseInfo, body.CompatibleRuntimes,
            body.CompatibleArchitectures, now)));
        await JsonBody.WriteAsync(request, json => Write(json, published), status: 201);
    }

    /// <exception cref="AwsException">ResourceNotFoundException; InvalidParameterValueException: below 1.</exception>
    public ValueTask GetAsync(RestRequest request)
    {
        var (name, number) = Read(request);
        var version = (request.Scope.Region == region
            ? layers.Ask((registry, _) => registry.Find(name, number))
            : null) ?? throw LambdaErrors.ResourceNotFound();
        return JsonBody.WriteAsync(request, json => Write(json, version));
    }

    /// <exception cref="AwsException">ResourceNotFoundException; ValidationException: no ARN of a version.</exception>
    public ValueTask GetByArnAsync(RestRequest request)
    {
        var arn = request.Query("Arn") ?? "";
        var reference = LayerReference.Parse(arn) ?? throw LambdaErrors.Validation(LambdaErrors.Constraint(
            arn, "arn", $"satisfy regular expression pattern: {LayerReference.Pattern}"));
        var version = layers.Ask((registry, _) => registry.Find(reference)) ?? throw LambdaErrors.ResourceNotFound();
        return JsonBody.WriteAsync(request, json => Write(json, version));
    }

    /// <summary>A version that is not there is no error; functions that use one keep it.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException: below 1.</exception>
    public ValueTask DeleteAsync(RestRequest request)
    {
        var (name, number) = Read(request);
        if (request.Scope.Region == region) layers.Post((registry, _) => registry.Delete(name, number));
        return JsonBody.AnswerNoContent(request);
    }

    /// <summary>The layer and the number of the version that a path names.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException: no number above 0.</exception>
    public static (string Name, int Version) Read(RestRequest request)
    {
        var name = LayerName.Of(request.Label);
        if (!int.TryParse(request.SecondLabel, CultureInfo.InvariantCulture, out var number) || number < 1)
            throw LambdaErrors.InvalidParameter("Layer Version Cannot be less than 1");
        return (name, number);
    }

    private static void Validate(PublishLayerVersionRequest body)
    {
        List<string> errors = [];
        if (body.Content is null)
            errors.Add("Value null at 'content' failed to satisfy constraint: Member must not be null");
        if (body.Description?.Length > LambdaLimits.MaxDescriptionCharacters)
            errors.Add(LambdaErrors.Constraint(body.Description, "description",
                $"have length less than or equal to {LambdaLimits.MaxDescriptionCharacters}"));
        if (body.LicenseInfo?.Length > LambdaLimits.MaxLicenseCharacters)
            errors.Add(LambdaErrors.Constraint(body.LicenseInfo, "licenseInfo",
                $"have length less than or equal to {LambdaLimits.MaxLicenseCharacters}"));
        if (body.CompatibleRuntimes is { } runtimes)
        {
            if (runtimes.Count > LambdaLimits.MaxCompatibleRuntimes)
                errors.Add(LambdaErrors.Constraint(Shown(runtimes), "compatibleRuntimes",
                    $"have length less than or equal to {LambdaLimits.MaxCompatibleRuntimes}"));
            if (!runtimes.All(RuntimeSupport.IsKnown))
                errors.Add(LambdaErrors.Constraint(Shown(runtimes), "compatibleRuntimes",
                    $"satisfy enum value set: [{RuntimeSupport.Enumeration}]"));
        }

        if (body.CompatibleArchitectures is { } architectures
            && architectures.Any(architecture => architecture is not ("x86_64" or "arm64")))
            errors.Add(LambdaErrors.Constraint(Shown(architectures), "compatibleArchitectures",
                "satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]"));
        if (errors.Count > 0) throw LambdaErrors.Validation(errors);
    }

    private static string Shown(IReadOnlyList<string> values) => $"[{string.Join(", ", values)}]";

    private static void Write(Utf8JsonWriter json, LayerVersion layer)
    {
        json.WriteStartObject("Content");
        json.WriteString("Location", layer.Content.Location.AbsoluteUri);
        json.WriteString("CodeSha256", layer.Content.Sha256);
        json.WriteNumber("CodeSize", layer.Content.PackageBytes);
        json.WriteEndObject();
        json.WriteString("LayerArn", layer.LayerArn);
        ListLayers.Write(json, layer);
    }
}

/// <summary>The types of requests about layers.</summary>
[JsonSerializable(typeof(PublishLayerVersionRequest))]
internal sealed partial class LayerJson : JsonSerializerContext
{
    /// <summary>A member that no request type has is refused.</summary>
    public static LayerJson Wire { get; } = new(new JsonSerializerOptions
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    });
}
