using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Images;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Changes the configuration of <c>$LATEST</c>; published versions stay as they are.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, UpdateFunctionConfiguration. The answer tells of an update under way, as AWS's
/// does (recorded); here it is done at once, so the next question finds another revision.
/// </remarks>
internal sealed class UpdateFunctionConfiguration(
    Monitor<FunctionRegistry> functions, FunctionLayers layers, FunctionConfigurationRules rules, AccessKeys keys,
    Identifiers identifiers, string region)
{
    /// <exception cref="AwsException">
    /// ResourceNotFoundException; ValidationException and InvalidParameterValueException: a setting;
    /// PreconditionFailedException: the revision is another one; and what a function's name can have wrong.
    /// </exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        var function = UnqualifiedFunction.Of(request, "lambda:UpdateFunctionConfiguration");
        var body = await JsonBody.ReadAsync(request, FunctionConfigurationJson.Wire.FunctionConfigurationRequest);
        rules.Check(body);
        var arn = function.Arn(request.Scope.Region, request.Scope.AccountId);
        var before = (request.Scope.Region == region
                ? functions.Ask((registry, _) => registry.Find(function.Name))
                : null)
            ?? throw LambdaErrors.FunctionNotFound(arn);
        if (before.Image is not null) FunctionImages.CheckNothingOfZips(body);
        else if (body.ImageConfig is { IsEmpty: false })
            throw LambdaErrors.InvalidParameter(
                "Please don't provide ImageConfig when the intended function PackageType is Zip.");
        var merged = before.Image is null && body.Layers is { } wanted
            ? await layers.MergeAsync(wanted, region, before.Code.SizeBytes, request.Http.RequestAborted)
            : default((IReadOnlyList<LayerVersion>, Code.StoredCode?)?);
        var updated = functions.Ask((registry, now) => Update(registry, function.Name, body, merged, now))
            ?? throw LambdaErrors.FunctionNotFound(arn);
        await JsonBody.WriteAsync(request, json => FunctionView.WriteUpdating(json, updated));
    }

    private DeployedFunction? Update(
        FunctionRegistry registry, string name, FunctionConfigurationRequest body,
        (IReadOnlyList<LayerVersion> Used, Code.StoredCode? Together)? layersTogether, DateTimeOffset now)
    {
        if (registry.Find(name) is not { } latest) return null;
        if (body.RevisionId is { Length: > 0 } revision && revision != latest.RevisionId)
            throw LambdaErrors.WrongRevision();
        var configuration = latest.Configuration with
        {
            Handler = body.Handler ?? latest.Configuration.Handler,
            Runtime = body.Runtime ?? latest.Configuration.Runtime,
            MemorySizeMb = body.MemorySize ?? latest.Configuration.MemorySizeMb,
            Timeout = body.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : latest.Configuration.Timeout,
            EnvironmentVariables = Variables(body, latest.Configuration.EnvironmentVariables),
            LayersDirectory = layersTogether is { } layers
                ? layers.Together?.Directory
                : latest.Configuration.LayersDirectory,
            LogFormat = body.LoggingConfig?.Format ?? latest.Configuration.LogFormat,
            LogGroupName = body.LoggingConfig?.LogGroup ?? latest.Configuration.LogGroupName,
            Credentials = body.Role is { } role && role != latest.Role
                ? new RoleCredentials(keys.Issue(role, name), "local", "local")
                : latest.Configuration.Credentials,
        };
        // An empty ImageConfig takes away what was there (recorded).
        var image = latest.Image is { } before && body.ImageConfig is { } wanted
            ? before with { Overrides = wanted.IsEmpty ? null : wanted }
            : latest.Image;
        if (image is not null) configuration = image.Apply(configuration);
        var updated = latest with
        {
            Image = image,
            // The same instance while nothing has changed: its environments stay warm, and publishing makes no version.
            Configuration = configuration == latest.Configuration ? latest.Configuration : configuration,
            Role = body.Role ?? latest.Role,
            Description = body.Description ?? latest.Description,
            Layers = layersTogether?.Used ?? latest.Layers,
            TracingMode = body.TracingConfig?.Mode ?? latest.TracingMode,
            DeadLetterTarget = body.DeadLetterConfig is { } letters
                ? FunctionTemplate.ParseDeadLetterTarget(letters.TargetArn ?? "")
                : latest.DeadLetterTarget,
            LastModified = now,
            RevisionId = identifiers.NewGuid().ToString(),
        };
        registry.Deploy(updated);
        return updated with { RevisionId = identifiers.NewGuid().ToString() };
    }

    // The same dictionary when it holds the same: configurations are compared by it.
    private static IReadOnlyDictionary<string, string> Variables(
        FunctionConfigurationRequest body, IReadOnlyDictionary<string, string> before)
    {
        if (body.Environment is not { } environment) return before;
        var wanted = environment.Variables ?? new Dictionary<string, string>();
        return wanted.Count == before.Count
            && wanted.All(variable => before.GetValueOrDefault(variable.Key) == variable.Value)
            ? before
            : wanted;
    }
}
