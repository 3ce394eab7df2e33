using System.Text.RegularExpressions;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Images;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Makes a function of a zip file, in the request or in a bucket, or of an image.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, CreateFunction. The answer tells of a function that is being created, as AWS's
/// does (recorded); here it is done at once, so the next question finds it active, with another revision.
/// </remarks>
internal sealed partial class CreateFunction(
    Monitor<FunctionRegistry> functions, CodeUploads uploads, FunctionLayers layers, FunctionMaker maker,
    FunctionConfigurationRules rules, FunctionImages images, Identifiers identifiers, string region)
{
    private const string NamePattern =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?"
        + @"(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?";

    /// <exception cref="AwsException">
    /// ValidationException and InvalidParameterValueException: a setting, the code, a layer, or a runtime that is not
    /// here; RequestEntityTooLargeException; ResourceConflictException: the function exists.
    /// </exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        JsonBody.CheckUploadSize(request);
        var body = await JsonBody.ReadAsync(request, FunctionConfigurationJson.Wire.CreateFunctionRequest);
        rules.Check(body, [.. NameErrors(body), .. FunctionConfigurationRules.Architectures(body.Architectures)]);
        var name = Name(body, request.Scope);
        CheckPackage(body);
        if (body.Tags?.Count > LambdaLimits.MaxTags)
            throw LambdaErrors.InvalidParameter("Number of tags exceeds resource tag limit.");
        if (functions.Ask((registry, _) => registry.Find(name)) is not null)
            throw LambdaErrors.Conflict($"Function already exist: {name}");
        var stop = request.Http.RequestAborted;
        var image = body.PackageType == "Image" ? images.Find(body.Code!.ImageUri!, body.ImageConfig) : null;
        var code = image?.Image.Content ?? await uploads.StoreAsync(body.Code!.Source, stop);
        var (used, together) = image is null
            ? await layers.MergeAsync(body.Layers ?? [], region, code.SizeBytes, stop)
            : ([], null);
        var function = maker.Make(
            Settings(name, body), code, used, together, $"arn:aws:lambda:{region}:{request.Scope.AccountId}",
            image);
        var published = functions.Ask((registry, now) => Add(registry, function, body.Publish == true, now));
        await JsonBody.WriteAsync(request, json => FunctionView.WriteCreating(
            json, published with { RevisionId = identifiers.NewGuid().ToString() }), status: 201);
    }

    private DeployedFunction Add(FunctionRegistry registry, DeployedFunction function, bool publish, DateTimeOffset now)
    {
        var entry = registry.Create(function);
        return publish
            ? entry.Publish(null, now, identifiers.NewGuid().ToString(), identifiers.NewGuid().ToString())
            : function;
    }

    private static FunctionTemplate Settings(string name, CreateFunctionRequest body) => new(
        name, Code: "", body.Handler ?? "", body.Runtime ?? "", body.Role!, body.Description ?? "",
        body.Architectures is [var architecture] ? architecture : "x86_64",
        body.MemorySize ?? LambdaLimits.MinMemoryMb, body.Timeout ?? LambdaLimits.DefaultTimeoutSeconds,
        ReservedConcurrency: null, body.Environment?.Variables ?? new Dictionary<string, string>())
    {
        LogFormat = body.LoggingConfig?.Format ?? LoggingFormat.Text,
        LogGroup = body.LoggingConfig?.LogGroup,
        TracingMode = body.TracingConfig?.Mode ?? "PassThrough",
        DeadLetterTarget = body.DeadLetterConfig?.TargetArn is { Length: > 0 } target
            ? FunctionTemplate.ParseDeadLetterTarget(target)
            : null,
        Tags = new SortedDictionary<string, string>(
            body.Tags?.ToDictionary() ?? [], StringComparer.Ordinal),
    };

    private static IEnumerable<string> NameErrors(CreateFunctionRequest body)
    {
        if (body.FunctionName is not { } name)
        {
            yield return "Value null at 'functionName' failed to satisfy constraint: Member must not be null";
            yield break;
        }

        if (name.Length > LambdaLimits.MaxNewFunctionNameCharacters)
            yield return LambdaErrors.Constraint(
                name, "functionName", $"have length less than or equal to {LambdaLimits.MaxNewFunctionNameCharacters}");
        if (!NameText().IsMatch(name))
            yield return LambdaErrors.Constraint(
                name, "functionName", $"satisfy regular expression pattern: {NamePattern}");
        if (body.PackageType is not (null or "Zip" or "Image"))
            yield return LambdaErrors.Constraint(
                body.PackageType, "packageType", "satisfy enum value set: [Image, Zip]");
        if (body.Role is null)
            yield return "Value null at 'role' failed to satisfy constraint: Member must not be null";
        if (body.Code is null)
            yield return "Value null at 'code' failed to satisfy constraint: Member must not be null";
    }

    private string Name(CreateFunctionRequest body, CallScope scope)
    {
        var reference = FunctionReference.Parse(body.FunctionName!, null, scope, "lambda:CreateFunction");
        if (scope.Region != region)
            throw LambdaErrors.InvalidParameter(
                $"This host's functions are in {region}; none can be created in {scope.Region}.");
        if (reference.Name.Length > LambdaLimits.MaxFunctionNameCharacters)
            throw LambdaErrors.InvalidParameter("1 validation error detected: " + LambdaErrors.Constraint(
                reference.Name, "functionName",
                $"have length less than or equal to {LambdaLimits.MaxFunctionNameCharacters}"));
        return reference.Qualifier is null
            ? reference.Name
            : throw LambdaErrors.InvalidParameter("A function is created without a version or an alias.");
    }

    private static void CheckPackage(CreateFunctionRequest body)
    {
        if (body.PackageType == "Image")
        {
            FunctionImages.CheckNothingOfZips(body);
            if (string.IsNullOrEmpty(body.Code!.ImageUri))
                throw LambdaErrors.InvalidParameter(
                    "Please provide ImageUri when creating a function with packageType Image.");
            return;
        }

        if (body.ImageConfig is not null)
            throw LambdaErrors.InvalidParameter(
                "Please don't provide ImageConfig when the intended function PackageType is Zip.");
        if (body.Runtime is null || body.Handler is null)
            throw LambdaErrors.InvalidParameter(
                "Runtime and Handler are mandatory parameters for functions created with deployment packages.");
    }

    [GeneratedRegex($@"^{NamePattern}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NameText();
}
