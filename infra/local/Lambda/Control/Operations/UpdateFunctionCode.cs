using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Images;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Replaces the code of <c>$LATEST</c>; published versions keep theirs.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, UpdateFunctionCode. As with UpdateFunctionConfiguration, the answer tells of an
/// update under way, and the next question finds it done.
/// </remarks>
internal sealed class UpdateFunctionCode(
    Monitor<FunctionRegistry> functions, CodeUploads uploads, FunctionImages images, Identifiers identifiers,
    string region)
{
    /// <exception cref="AwsException">
    /// ResourceNotFoundException; ValidationException and InvalidParameterValueException: a setting or the code;
    /// RequestEntityTooLargeException; PreconditionFailedException: the revision is another one; and what a function's
    /// name can have wrong.
    /// </exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        JsonBody.CheckUploadSize(request);
        var function = UnqualifiedFunction.Of(request, "lambda:UpdateFunctionCode");
        var body = await JsonBody.ReadAsync(request, FunctionConfigurationJson.Wire.UpdateFunctionCodeRequest);
        if (FunctionConfigurationRules.Architectures(body.Architectures).ToArray() is { Length: > 0 } errors)
            throw LambdaErrors.Validation(errors);
        var arn = function.Arn(request.Scope.Region, request.Scope.AccountId);
        var before = (request.Scope.Region == region
                ? functions.Ask((registry, _) => registry.Find(function.Name))
                : null)
            ?? throw LambdaErrors.FunctionNotFound(arn);
        CheckRevision(body, before);
        var image = FindImage(body, before);
        var code = image?.Image.Content ?? await uploads.StoreAsync(body.Source, request.Http.RequestAborted);
        if (image is null) CheckSize(code, before);
        if (body.DryRun == true)
        {
            var looked = before with
            {
                Code = code,
                Configuration = before.Configuration with { CodeSha256 = image?.Image.Digest ?? code.Sha256 },
                Image = image,
            };
            await JsonBody.WriteAsync(request, json => FunctionView.Write(json, looked, withState: true));
            return;
        }

        var updated = functions.Ask((registry, now) => Update(registry.Entry(function.Name), body, code, image, now))
            ?? throw LambdaErrors.FunctionNotFound(arn);
        await JsonBody.WriteAsync(request, json =>
        {
            if (body.Publish == true) FunctionView.WriteCreating(json, updated, $"{arn}:{updated.Version}");
            else FunctionView.WriteUpdating(json, updated with { RevisionId = identifiers.NewGuid().ToString() });
        });
    }

    private DeployedFunction? Update(
        FunctionEntry? entry, UpdateFunctionCodeRequest body, StoredCode code, FunctionImage? image,
        DateTimeOffset now)
    {
        if (entry is null) return null;
        // Again: another request may have come between.
        CheckRevision(body, entry.Latest);
        var architecture = body.Architectures is [var wanted] ? wanted : null;
        if (image is null) CheckSize(code, entry.Latest);
        var updated = image is null
            ? entry.UpdateCode(code, architecture, now, identifiers.NewGuid().ToString())
            : entry.UpdateImage(
                image with { Overrides = entry.Latest.Image?.Overrides }, architecture, now,
                identifiers.NewGuid().ToString());
        return body.Publish == true
            ? entry.Publish(null, now, identifiers.NewGuid().ToString(), identifiers.NewGuid().ToString())
            : updated;
    }

    /// <remarks>Both texts are recorded: a function stays what it was created as.</remarks>
    private FunctionImage? FindImage(UpdateFunctionCodeRequest body, DeployedFunction before) =>
        (before.Image, body.ImageUri) switch
        {
            (null, null) => null,
            (null, _) => throw LambdaErrors.InvalidParameter(
                "Please don't provide ImageUri when updating a function with packageType Zip."),
            (_, null) => throw LambdaErrors.InvalidParameter(
                "Please provide ImageUri when updating a function with packageType Image."),
            var (image, uri) => images.Find(uri, image.Overrides),
        };

    private static void CheckRevision(UpdateFunctionCodeRequest body, DeployedFunction function)
    {
        if (body.RevisionId is { Length: > 0 } revision && revision != function.RevisionId)
            throw LambdaErrors.WrongRevision();
    }

    private static void CheckSize(StoredCode code, DeployedFunction function)
    {
        if (code.SizeBytes + function.Layers.Sum(layer => layer.Content.SizeBytes) > LambdaLimits.MaxUnzippedBytes)
            throw LambdaErrors.InvalidParameter(
                $"Unzipped size must be smaller than {LambdaLimits.MaxUnzippedBytes} bytes");
    }
}
